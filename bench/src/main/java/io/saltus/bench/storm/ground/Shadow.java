package io.saltus.bench.storm.ground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the shim kept of a disk: what would have survived if the power had been cut. */
public final class Shadow {

  private final Path kept;

  private Shadow(Path kept) {
    this.kept = kept;
  }

  /**
   * Cuts the power: puts the disk of a field, whose processes are dead, into the state in which a
   * machine would find it. Names come from directories that were synced, contents from files that
   * were; a file that has a name only is empty. What was there lies beside it as {@code disk.lost}.
   */
  public static void cutPower(Field field) throws IOException {
    Shadow shadow = new Shadow(field.shadow());
    Path lost = field.root().resolve("disk.lost");
    Trees.delete(lost);
    Files.move(field.disk(), lost);
    shadow.rebuild(Files.readString(field.shadow().resolve("root")), field.disk());
    // The next child begins another shadow: all that is left is durable.
    Trees.delete(field.shadow());
  }

  private void rebuild(String identity, Path directory) throws IOException {
    Files.createDirectory(directory);
    Path entries = kept.resolve("d").resolve(identity);
    if (!Files.exists(entries)) {
      return;
    }
    for (String line : Files.readAllLines(entries)) {
      List<String> words = List.of(line.split(" ", 3));
      Path target = directory.resolve(words.get(2));
      if (words.get(0).equals("d")) {
        rebuild(words.get(1), target);
      } else {
        restore(kept.resolve("f").resolve(words.get(1)), target);
      }
    }
  }

  private static void restore(Path content, Path target) throws IOException {
    if (Files.exists(content)) {
      Files.copy(content, target);
    } else {
      Files.createFile(target);
    }
  }
}
