package io.saltus.bench.ground;

import io.saltus.experiment.session.Program;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.SpecReader;
import io.saltus.experiment.spec.SpecReading;
import io.saltus.experiment.spec.SpecSetting;
import java.util.List;
import java.util.stream.Stream;

/** Specs to measure with. */
public final class Specs {

  /** A setting with which only step 0 and the last step are saved. */
  public static final String NO_CHECKPOINTS = "checkpoint.every=\"999999999999 steps\"";

  private Specs() {}

  /** The default spec with some settings changed, each {@code path=value}. */
  public static ExperimentSpec grokking(Program program, String... settings) {
    SpecReading reading =
        SpecReader.shippedOnly(List.of(program))
            .read("grokking", Stream.of(settings).map(SpecSetting::parse).toList());
    if (reading instanceof SpecReading.Accepted accepted) {
      return accepted.spec();
    }
    throw new IllegalStateException(reading.toString());
  }
}
