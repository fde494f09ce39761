package io.saltus.app;

import io.saltus.experiment.Sha256;
import io.saltus.experiment.provenance.CodeProvenance;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes the provenance of the running code. */
final class Provenance {

  private Provenance() {}

  /**
   * That of this process.
   *
   * @param further jars beside the class path
   */
  static CodeProvenance take(List<Path> further) {
    BuildFacts facts = BuildFacts.read();
    return new CodeProvenance(
        facts.version(), facts.commit(), facts.modified(), digest(jars(further)));
  }

  /** SHA-256 over the SHA-256 of each jar; empty when the code is not all in jars. */
  static Optional<Sha256> digest(List<Path> jars) {
    MessageDigest all = Sha256.digest();
    for (Path jar : jars) {
      if (!Files.isRegularFile(jar)) {
        return Optional.empty();
      }
      try {
        all.update(Sha256.ofFile(jar).hex().getBytes(StandardCharsets.US_ASCII));
      } catch (IOException unreadable) {
        return Optional.empty();
      }
    }
    return jars.isEmpty() ? Optional.empty() : Optional.of(Sha256.from(all));
  }

  private static List<Path> jars(List<Path> further) {
    List<Path> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
      if (!entry.isEmpty()) {
        jars.add(Path.of(entry));
      }
    }
    jars.addAll(further);
    return jars;
  }
}
