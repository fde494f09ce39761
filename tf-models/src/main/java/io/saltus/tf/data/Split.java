package io.saltus.tf.data;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The examples of a task: those trained on and the named sets evaluated on.
 *
 * @param training trained on; also the evaluation set {@value #TRAIN_SET}
 * @param validation held out; the evaluation set {@value #VALIDATION}
 */
public record Split(Examples training, Examples validation) {

  /** The name of the evaluation set of all training examples. */
  public static final String TRAIN_SET = "train-set";

  /** The name of the evaluation set of held-out examples. */
  public static final String VALIDATION = "validation";

  /** The evaluation sets by name, in byte order. */
  public SortedMap<String, Examples> evaluationSets() {
    SortedMap<String, Examples> sets = new TreeMap<>();
    sets.put(TRAIN_SET, training);
    sets.put(VALIDATION, validation);
    return Collections.unmodifiableSortedMap(sets);
  }
}
