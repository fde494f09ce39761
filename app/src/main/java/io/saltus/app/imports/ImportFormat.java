package io.saltus.app.imports;

import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Nearest;
import io.saltus.app.problem.Problem;
import io.saltus.app.problem.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** What can be imported. */
public enum ImportFormat {
  /** Event files: one, or a directory of them. */
  TENSORBOARD,
  /** A heading and columns of numbers. */
  CSV,
  /** What {@code export --to jsonl} writes. */
  JSONL;

  /** As written on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format of a word.
   *
   * @throws Refusal when there is none
   */
  public static ImportFormat of(String word) {
    List<String> words = Arrays.stream(values()).map(ImportFormat::word).toList();
    return Arrays.stream(values())
        .filter(format -> format.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.wrong(
                    "'" + word + "' is none of " + String.join(", ", words),
                    "--from",
                    Nearest.question(word, words)));
  }

  /**
   * Reads what there is in files; the metrics are partly read only when they are taken.
   *
   * @param step the column of a CSV that has the steps; empty: one that is called like it
   * @param remarks hears of everything that is not taken as it stands
   * @throws Refusal when it is something else
   */
  public List<ForeignRun> read(Path path, Optional<String> step, Consumer<String> remarks) {
    if (!Files.exists(path)) {
      throw Refusal.wrong("there is no such file", path.toString(), "Look at its name.");
    }
    if (this != TENSORBOARD && !Files.isRegularFile(path)) {
      throw Refusal.wrong("this is no file", path.toString(), "Give a file.");
    }
    if (this != CSV && step.isPresent()) {
      throw Refusal.wrong("only a CSV has columns", "--step", "Leave it out.");
    }
    try {
      return switch (this) {
        case TENSORBOARD -> new TensorBoardRuns(path, remarks).read();
        case CSV -> new CsvRuns(new SourceFile(path), step, remarks).read();
        case JSONL -> new JsonlRuns(new SourceFile(path)).read();
      };
    } catch (IOException e) {
      throw new Refusal(
          ExitCode.WRONG_INPUT,
          new Problem("it cannot be read", path.toString(), String.valueOf(e.getMessage())),
          e);
    }
  }
}
