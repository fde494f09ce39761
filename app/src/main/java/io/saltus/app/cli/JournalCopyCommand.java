package io.saltus.app.cli;

import io.saltus.app.json.Json;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Refusal;
import io.saltus.app.text.Figures;
import io.saltus.app.text.Printable;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.rocks.JournalCopy;
import io.saltus.persistence.rocks.JournalSalvage;
import io.saltus.persistence.runs.StreamNames;
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

  @Option(
      names = "--salvage",
      description = "Copy what can be read of a damaged home, and name what cannot.")
  private boolean salvage;

  JournalCopyCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    boolean json = invocation.json();
    Path target =
        invocation.path(
            to.orElseThrow(
                () ->
                    Refusal.wrong("--to is missing", "saltus journal copy", "Give a directory.")));
    Home home = Home.at(invocation.home());
    if (salvage) {
      return salvage(home, target, json);
    }
    home.requireForReading();
    JournalCopy.Report report = JournalCopy.copy(home, target);
    invocation.print(json ? line(target, report) : text(target, report));
    return 0;
  }

  private int salvage(Home home, Path target, boolean json) {
    JournalSalvage.Report report = JournalSalvage.salvage(home, target, StreamNames::of);
    if (json) {
      invocation.print(line(target, report));
    } else {
      invocation.print(
          copied(report.events(), report.streams(), report.checkpoints(), target)
              + (report.complete() ? "; nothing was lost" : "; lost:"));
      report.losses().forEach(loss -> invocation.print(Printable.of(text(loss))));
    }
    return (report.complete() ? ExitCode.FINE : ExitCode.FAILED).code();
  }

  private static String text(JournalSalvage.Loss loss) {
    return loss.persistenceId().isEmpty()
        ? loss.message()
        : loss.persistenceId().replace('|', ' ') + ": " + loss.message();
  }

  private static String line(Path target, JournalSalvage.Report report) {
    return Json.line(
        json ->
            json.put("home", target.toString())
                .put("streams", report.streams())
                .put("events", report.events())
                .put("durableOffset", report.durableOffset())
                .put("checkpoints", report.checkpoints())
                .array(
                    "losses",
                    losses ->
                        report
                            .losses()
                            .forEach(
                                loss ->
                                    losses.add(
                                        object ->
                                            object
                                                .put("stream", loss.persistenceId())
                                                .put("sequence", loss.sequence())
                                                .put("message", loss.message())))));
  }

  private static String text(Path target, JournalCopy.Report report) {
    return copied(report.events(), report.streams(), report.checkpoints(), target);
  }

  private static String copied(long events, long streams, long checkpoints, Path target) {
    return Figures.whole(events)
        + " events in "
        + Figures.whole(streams)
        + " streams and "
        + Figures.whole(checkpoints)
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
