package io.saltus.app.cli;

import io.saltus.experiment.provenance.Fingerprint;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TrainingSession;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A program whose sessions compute as they do and hide the machine that they compute on: in their
 * fingerprints stand digests and settings, and of the processor only that it has properties.
 */
record Disguise(Program program) implements OtherProgram {

  private static final String HIDDEN = "recorded";

  private static boolean tells(String field) {
    return field.startsWith("cpu.")
        || field.startsWith("env.")
        || field.equals("glibc")
        || field.equals("jdk");
  }

  private static SortedMap<String, String> hidden(SortedMap<String, String> fields) {
    SortedMap<String, String> hidden = new TreeMap<>(fields);
    hidden.replaceAll((field, value) -> tells(field) ? HIDDEN : value);
    return hidden;
  }

  @Override
  public TrainingSession open(SessionRequest request) {
    return new Disguised(program.open(request));
  }

  private record Disguised(TrainingSession session) implements OtherSession {

    @Override
    public Fingerprint fingerprint() {
      Fingerprint own = session.fingerprint();
      return new Fingerprint(hidden(own.numeric()), hidden(own.informational()));
    }
  }
}
