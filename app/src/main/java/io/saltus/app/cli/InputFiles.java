package io.saltus.app.cli;

import io.saltus.app.problem.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of {@code --input}. */
final class InputFiles {

  private InputFiles() {}

  /**
   * {@code name=file} each; the last one of a name counts.
   *
   * @throws Refusal when one is not written like that, or no such file is there
   */
  static SortedMap<String, Path> named(Invocation invocation, List<String> pairs) {
    SortedMap<String, Path> files = new TreeMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw Refusal.wrong(
            "'" + pair + "' is not name=file", "--input", "Write it as in --input mask=m.st.");
      }
      Path file = invocation.path(pair.substring(equals + 1));
      if (!Files.isRegularFile(file)) {
        throw Refusal.wrong("there is no such file", "--input " + pair, "Name another.");
      }
      files.put(pair.substring(0, equals), file);
    }
    return files;
  }
}
