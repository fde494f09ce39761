package io.saltus.app.control;

import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.persistence.codec.SpecBytes;
import java.util.Base64;

/** Specs within requests: the bytes of the journal, which say exactly the same elsewhere. */
final class SpecText {

  private SpecText() {}

  static String of(ExperimentSpec spec) {
    return Base64.getEncoder().encodeToString(SpecBytes.encode(spec));
  }

  static ExperimentSpec read(String text) {
    return SpecBytes.decode(Base64.getDecoder().decode(text));
  }
}
