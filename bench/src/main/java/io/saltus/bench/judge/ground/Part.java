package io.saltus.bench.judge.ground;

import java.util.List;
import java.util.function.Consumer;

/** A part of the judge. */
@FunctionalInterface
public interface Part {

  /**
   * Judges.
   *
   * @param say gets the progress
   * @return Markdown: tables, each line with what was asked and whether it is met
   */
  List<String> judge(JudgeOptions options, Consumer<String> say) throws Exception;
}
