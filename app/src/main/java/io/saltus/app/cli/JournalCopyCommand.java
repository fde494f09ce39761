package io.saltus.app.cli;

import io.saltus.app.json.Json;
import io.saltus.app.problem.Refusal;
import io.saltus.app.text.Figures;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.rocks.JournalCopy;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Copies a home. */
@Command(
    name = "copy",
    description = "Copy a home as it is at one moment, also while it is written.")
final class JournalCopyCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Option(names = "--to", paramLabel = "DIR", description = "The new home; must not exist.")
  private Optional<String> to = Optional.empty();

  @Option(names = "--salvage", hidden = true)
  private boolean salvage;

  JournalCopyCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    boolean json = invocation.json();
    if (salvage) {
      throw Refusal.wrong("salvaging arrives in a later version", "--salvage", "Copy without it.");
    }
    Path target =
        invocation.path(
            to.orElseThrow(
                () ->
                    Refusal.wrong("--to is missing", "saltus journal copy", "Give a directory.")));
    Home home = Home.at(invocation.home());
    home.requireForReading();
    JournalCopy.Report report = JournalCopy.copy(home, target);
    invocation.print(json ? line(target, report) : text(target, report));
    return 0;
  }

  private static String text(Path target, JournalCopy.Report report) {
    return Figures.whole(report.events())
        + " events in "
        + Figures.whole(report.streams())
        + " streams and "
        + Figures.whole(report.checkpoints())
        + " checkpoints copied to "
        + target;
  }

  private static String line(Path target, JournalCopy.Report report) {
    return Json.line(
        json ->
            json.put("home", target.toString())
                .put("streams", report.streams())
                .put("events", report.events())
                .put("durableOffset", report.durableOffset())
                .put("checkpoints", report.checkpoints()));
  }
}
