package io.saltus.app.cli;

import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Problem;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.SpecProblem;
import io.saltus.experiment.spec.SpecReader;
import io.saltus.experiment.spec.SpecReading;
import io.saltus.experiment.spec.SpecSetting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The spec that a command line asks for, with all that it changes. */
final class SpecChoice {

  private final String source;
  private final List<SpecSetting> settings = new ArrayList<>();

  SpecChoice(String source) {
    this.source = source;
  }

  /** The arguments of {@code --set}, in order. */
  SpecChoice set(List<String> arguments) {
    for (String argument : arguments) {
      try {
        settings.add(SpecSetting.parse(argument));
      } catch (IllegalArgumentException e) {
        throw new Refusal(
            ExitCode.WRONG_INPUT, new Problem(String.valueOf(e.getMessage()), "", ""), e);
      }
    }
    return this;
  }

  /** A flag that stands for a key: {@code --steps N} is {@code --set steps=N}. */
  SpecChoice flag(String flag, String path, Optional<String> value) {
    value.ifPresent(text -> settings.add(new SpecSetting(path, text, flag + " " + text)));
    return this;
  }

  /**
   * Reads it.
   *
   * @throws Refusal with everything that is wrong with it
   */
  SpecReading.Accepted read(List<Program> programs) {
    return accepted(SpecReader.withFiles(programs).read(source, settings));
  }

  /**
   * Changes a spec that is in the journal.
   *
   * @throws Refusal with everything that is wrong with it
   */
  ExperimentSpec change(ExperimentSpec recorded, List<Program> programs) {
    return accepted(SpecReader.withFiles(programs).change(recorded, source, settings)).spec();
  }

  private static SpecReading.Accepted accepted(SpecReading reading) {
    if (reading instanceof SpecReading.Refused refused) {
      throw new Refusal(
          ExitCode.WRONG_INPUT, refused.problems().stream().map(SpecChoice::problem).toList());
    }
    return (SpecReading.Accepted) reading;
  }

  /** The file that a spec is read from; empty for a shipped one. */
  static Optional<Path> file(Invocation invocation, String source) {
    return source.indexOf('/') >= 0 || source.endsWith(".conf")
        ? Optional.of(invocation.path(source))
        : Optional.empty();
  }

  private static Problem problem(SpecProblem problem) {
    if (!problem.path().isEmpty()) {
      return new Problem(problem.path() + ": " + problem.what(), problem.where(), "");
    }
    boolean clause = problem.what().matches("(is|has|grows|must) .*");
    return new Problem((clause ? "the spec " : "") + problem.what(), problem.where(), "");
  }
}
