package io.saltus.persistence.worker;

import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.provenance.Fingerprint;
import io.saltus.experiment.session.Capability;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a worker answers. */
public sealed interface WorkerReply extends WorkerMessage {

  /**
   * The session is open.
   *
   * @param variables in byte order
   * @param weights shapes of the trained variables by name
   * @param step that it holds; -1 until step 0 has been evaluated
   */
  record Opened(
      Catalogue catalogue,
      Fingerprint fingerprint,
      List<String> variables,
      SortedMap<String, List<Long>> weights,
      Set<Capability> capabilities,
      long step)
      implements WorkerReply {

    /** Copies the collections. */
    public Opened {
      variables = List.copyOf(variables);
      weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
      capabilities = Set.copyOf(capabilities);
    }
  }

  /** What a chunk or an evaluation recorded. */
  record Frame(MetricFrame frame) implements WorkerReply {}

  /**
   * What was read.
   *
   * @param tensors how many follow in pieces, at least 0
   */
  record State(int tensors) implements WorkerReply {}

  /** A request without a result was carried out. */
  record Done() implements WorkerReply {}

  /** A request failed. */
  record Failed(Kind kind, String message) implements WorkerReply {

    /** What was thrown. */
    public enum Kind {
      /** A session's own exception; the message is written for the user. */
      SESSION,
      /** The heap was exhausted. */
      HEAP,
      /** Anything else. */
      UNEXPECTED,
      /** The session gave a step up that did not end in its time. */
      HUNG,
      /** The device was lost, or fails. */
      DEVICE_LOST
    }
  }

  /** A sign of life; answers no request. */
  record Alive() implements WorkerReply {}
}
