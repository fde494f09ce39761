package io.saltus.app;

import io.saltus.experiment.RunId;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.provenance.InputDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Where files lay on this machine. No event holds a path, so a run that is resumed finds its inputs
 * by their content: here, or where its program looks by default.
 */
final class LocalPaths {

  private final Path directory;

  /**
   * @param directory of the home; made when something is to be kept
   */
  LocalPaths(Path directory) {
    this.directory = directory;
  }

  /** Keeps where inputs lie. What cannot be kept is only a convenience lost. */
  void keep(SortedMap<String, Path> inputs, List<InputDigest> digests) {
    for (InputDigest digest : digests) {
      Path file = inputs.get(digest.name());
      if (file != null) {
        write(input(digest.sha256()), file.toAbsolutePath().normalize().toString());
      }
    }
  }

  /** Keeps which file a run's spec was read from. */
  void keepSpec(RunId run, Path file) {
    try {
      write(spec(run), Sha256.ofFile(file).hex() + " " + file.toAbsolutePath().normalize());
    } catch (IOException unreadable) {
      return;
    }
  }

  /** Where a file of this content lay; whether it still does is not looked at. */
  Optional<Path> find(Sha256 content) {
    return read(input(content)).flatMap(LocalPaths::path);
  }

  /** The file that a run's spec was read from, when it has other content now. */
  Optional<Path> changedSpec(RunId run) {
    return read(spec(run))
        .map(line -> line.split(" ", 2))
        .filter(parts -> parts.length == 2)
        .flatMap(parts -> path(parts[1]).filter(file -> !hasContent(file, parts[0])));
  }

  private static boolean hasContent(Path file, String digest) {
    try {
      return Sha256.ofFile(file).hex().equals(digest);
    } catch (IOException goneOrUnreadable) {
      return false;
    }
  }

  private Path input(Sha256 content) {
    return directory.resolve("input-" + content.hex());
  }

  private Path spec(RunId run) {
    return directory.resolve("spec-" + run.value());
  }

  private void write(Path file, String line) {
    try {
      Files.createDirectories(directory);
      Path temporary = Files.createTempFile(directory, "new", ".tmp");
      Files.writeString(temporary, line + "\n");
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException unkept) {
      return;
    }
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException notThere) {
      return Optional.empty();
    }
  }

  private static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException damaged) {
      return Optional.empty();
    }
  }
}
