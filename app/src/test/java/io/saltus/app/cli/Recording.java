package io.saltus.app.cli;

import io.saltus.app.BuildFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A home as a version of Saltus left it, and what that version said of it. Every later version must
 * say the same. How one is made stands in {@code docs/formats/recordings.md}.
 *
 * @param version that recorded it
 */
record Recording(String version) {

  private static final Path ALL = Path.of("src/test/resources/recordings");

  /** That of the version under test, which need not be there before its release. */
  static Recording ofThisVersion() {
    return new Recording(BuildFacts.read().version().replace("-SNAPSHOT", ""));
  }

  static List<Recording> all() throws IOException {
    try (Stream<Path> folders = Files.list(ALL)) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> new Recording(folder.getFileName().toString()))
          .sorted((a, b) -> a.version().compareTo(b.version()))
          .toList();
    }
  }

  Path directory() {
    return ALL.resolve(version);
  }

  Path home() {
    return directory().resolve("home");
  }

  private Path expectations() {
    return directory().resolve("expected.jsonl");
  }

  List<Expectation> expected() throws IOException {
    return Files.readAllLines(expectations()).stream().map(Expectation::read).toList();
  }

  void expect(List<Expectation> all) throws IOException {
    Files.write(expectations(), all.stream().map(Expectation::line).toList());
  }

  List<Path> files() {
    return files(directory());
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A console for a copy of the home in an empty directory; the home itself is never opened. */
  Console copied(Path into) throws IOException {
    Path copy = into.resolve("home");
    copy(home(), copy);
    return new Console(into).variable("SALTUS_HOME", copy.toString());
  }

  /** Takes over a home at rest, without what belongs to the machine. */
  void take(Path home) throws IOException {
    copy(home, home());
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> files = new ArrayList<>();
    files(from).stream().filter(file -> belongs(from.relativize(file))).forEach(files::add);
    for (Path file : files) {
      Path target = to.resolve(from.relativize(file));
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
  }

  /** Not locks, where files lay, who held the home, and what RocksDB logged of its host. */
  private static boolean belongs(Path file) {
    String name = file.getFileName().toString();
    return switch (file.getName(0).toString()) {
      case "format", "checkpoints" -> true;
      case "journal" -> !name.equals("LOCK") && !name.startsWith("LOG");
      default -> false;
    };
  }
}
