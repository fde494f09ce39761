package io.saltus.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be seen in the sources only, over all modules of the tree. */
class SourceTreeTest {

  private static final int LONGEST_FILE = 400;

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @Test
  void every_package_says_what_it_is_for() throws IOException {
    var packages = new TreeSet<Path>();
    for (Path file : mainSources()) {
      packages.add(file.getParent());
    }
    assertThat(packages).as("packages below %s", ROOT).hasSizeGreaterThan(5);
    assertThat(packages)
        .allSatisfy(
            folder -> {
              Path info = folder.resolve("package-info.java");
              assertThat(info).exists();
              assertThat(Files.readString(info))
                  .as(info.toString())
                  .startsWith("/**")
                  .contains(".")
                  .contains("@NullMarked");
            });
  }

  @Test
  void no_source_file_is_longer_than_a_reader_can_hold() throws IOException {
    var tooLong = new ArrayList<String>();
    for (Path file : mainSources()) {
      int lines = Files.readAllLines(file).size();
      if (lines > LONGEST_FILE) {
        tooLong.add(ROOT.relativize(file) + ": " + lines + " lines");
      }
    }
    assertThat(tooLong).as("files of more than %d lines", LONGEST_FILE).isEmpty();
  }

  private static List<Path> mainSources() throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules
          .map(module -> module.resolve("src/main/java"))
          .filter(Files::isDirectory)
          .flatMap(SourceTreeTest::javaFiles)
          .toList();
    }
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
