package io.saltus.app;

import io.saltus.app.problem.Refusal;
import io.saltus.experiment.RunId;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.RunEvent.RunSubmitted;
import io.saltus.experiment.provenance.InputDigest;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Finds the input files of a run that is in the journal, by their content. */
final class RecordedInputs {

  private RecordedInputs() {}

  /**
   * The files by the program's names for them, each with the content that the journal names.
   *
   * @throws Refusal when one is gone, or has other content now; both digests are named
   */
  static SortedMap<String, Path> find(RunSubmitted submitted, Program program, LocalPaths local) {
    return find(submitted, program, local, name -> true);
  }

  /** As {@link #find(RunSubmitted, Program, LocalPaths)}, of some of them. */
  static SortedMap<String, Path> find(
      RunSubmitted submitted, Program program, LocalPaths local, Predicate<String> wanted) {
    SortedMap<String, Path> files = new TreeMap<>();
    if (submitted.inputs().isEmpty()) {
      return files;
    }
    SortedMap<String, Path> usual = usual(submitted, program);
    for (InputDigest input : submitted.inputs()) {
      if (!wanted.test(input.name())) {
        continue;
      }
      Optional<Path> known = local.find(input.sha256());
      Optional<Path> file =
          known
              .filter(path -> digest(path).equals(Optional.of(input.sha256())))
              .or(() -> Optional.ofNullable(usual.get(input.name())))
              .or(() -> known);
      files.put(input.name(), file.orElseThrow(() -> gone(submitted.run(), input)));
      check(submitted.run(), input, files.get(input.name()));
    }
    return files;
  }

  private static SortedMap<String, Path> usual(RunSubmitted submitted, Program program) {
    try {
      return program.inputs(submitted.spec());
    } catch (SessionException notThere) {
      return new TreeMap<>();
    }
  }

  private static void check(RunId run, InputDigest input, Path file) {
    Optional<Sha256> now = digest(file);
    if (now.isEmpty()) {
      throw gone(run, input);
    }
    if (!now.get().equals(input.sha256())) {
      throw Refusal.wrong(
          "the input %s of %s has changed: its SHA-256 was %s and is %s"
              .formatted(input.name(), run, input.sha256().hex(), now.get().hex()),
          file.toString(),
          "Put the file back as it was.");
    }
  }

  private static Refusal gone(RunId run, InputDigest input) {
    return Refusal.wrong(
        "the input %s of %s is not where it was".formatted(input.name(), run),
        "SHA-256 " + input.sha256().hex(),
        "Put the file back where it was.");
  }

  private static Optional<Sha256> digest(Path file) {
    try {
      return Optional.of(Sha256.ofFile(file));
    } catch (IOException goneOrUnreadable) {
      return Optional.empty();
    }
  }
}
