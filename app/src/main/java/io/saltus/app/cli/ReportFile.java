package io.saltus.app.cli;

import io.saltus.app.figure.JumpReport;
import io.saltus.app.jumps.RunAnalysis;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Problem;
import io.saltus.app.problem.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The file of {@code --report}: a new one, which is there whole or not at all. */
final class ReportFile {

  private static final String FLAG = "--report ";

  private final Invocation invocation;
  private final Path file;
  private final boolean html;

  private ReportFile(Invocation invocation, Path file, boolean html) {
    this.invocation = invocation;
    this.file = file;
    this.html = html;
  }

  /**
   * Looks, before anything is computed, whether a report can be written.
   *
   * @throws Refusal when the name ends in something else, or the place cannot be used
   */
  static ReportFile named(Invocation invocation, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean html = lower.endsWith(".html");
    if (!html && !lower.endsWith(".svg")) {
      throw Refusal.wrong(
          "a report is a .html or a .svg file", FLAG + name, "Give it one of these endings.");
    }
    Path file = invocation.path(name);
    Path directory = file.getParent();
    if (Files.exists(file)) {
      throw Refusal.wrong("the file exists already", FLAG + file, "Name a new one.");
    }
    if (directory == null || !Files.isDirectory(directory)) {
      throw Refusal.wrong("there is no such directory", FLAG + file, "Make it first.");
    }
    if (!Files.isWritable(directory)) {
      throw Refusal.wrong("the directory cannot be written", FLAG + file, "Choose another place.");
    }
    return new ReportFile(invocation, file, html);
  }

  /** Writes the report under a temporary name, then renames it. */
  void write(List<RunAnalysis> analyses) {
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try {
      String text = html ? JumpReport.html(analyses) : JumpReport.svg(analyses);
      Files.writeString(unfinished, text, StandardCharsets.UTF_8);
      Files.move(unfinished, file);
    } catch (IOException e) {
      remove(unfinished);
      throw new Refusal(
          ExitCode.FAILED,
          new Problem("the report cannot be written", FLAG + file + " (" + e + ")", ""),
          e);
    }
    invocation.note("saltus: the report is in " + file);
  }

  private static void remove(Path unfinished) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      // What is said is why it could not be written; a rest may stay.
    }
  }
}
