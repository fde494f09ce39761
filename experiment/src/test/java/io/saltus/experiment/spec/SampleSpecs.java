package io.saltus.experiment.spec;

import java.util.ArrayList;
import java.util.List;

/** Specs for tests. */
public final class SampleSpecs {

  static final List<SampleProgram> PROGRAMS = List.of(new SampleProgram());
  static final SpecSchema SCHEMA = SpecSchema.of(PROGRAMS);

  private SampleSpecs() {}

  /** The shipped grokking. */
  public static ExperimentSpec grokking() {
    return with();
  }

  /** The shipped grokking with settings. */
  static ExperimentSpec with(String... settings) {
    return accepted("grokking", settings);
  }

  static ExperimentSpec accepted(String source, String... settings) {
    SpecReading reading = read(source, settings);
    if (reading instanceof SpecReading.Accepted accepted) {
      return accepted.spec();
    }
    throw new AssertionError(reading);
  }

  static List<SpecProblem> refused(String source, String... settings) {
    SpecReading reading = read(source, settings);
    if (reading instanceof SpecReading.Refused refused) {
      return refused.problems();
    }
    throw new AssertionError(reading);
  }

  static SpecReading read(String source, String... settings) {
    List<SpecSetting> parsed = new ArrayList<>();
    for (String setting : settings) {
      parsed.add(SpecSetting.parse(setting));
    }
    return SpecReader.withFiles(PROGRAMS).read(source, parsed);
  }
}
