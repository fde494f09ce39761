package io.saltus.app.cli;

import io.saltus.app.json.Json;
import io.saltus.app.text.Figures;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.runs.JournalCompaction;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Makes the journal smaller. */
@Command(
    name = "compact",
    description = "Take the payloads of deleted runs out of the journal and give space back.")
final class JournalCompactCommand implements Callable<Integer> {

  private final Invocation invocation;

  JournalCompactCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    boolean json = invocation.json();
    Home home = Home.at(invocation.home());
    home.requireForReading();
    JournalCompaction.Report report =
        JournalCompaction.compact(
            home, "saltus journal compact", invocation.surroundings().clock());
    invocation.print(json ? line(report) : text(report));
    return 0;
  }

  private static String text(JournalCompaction.Report report) {
    return Figures.whole(report.events())
        + " payloads of "
        + Figures.whole(report.runs())
        + " deleted runs emptied; "
        + Figures.bytes(report.bytesBefore())
        + " before, "
        + Figures.bytes(report.bytesAfter())
        + " after";
  }

  private static String line(JournalCompaction.Report report) {
    return Json.line(
        json ->
            json.put("runs", report.runs())
                .put("events", report.events())
                .put("snapshots", report.snapshots())
                .put("bytesBefore", report.bytesBefore())
                .put("bytesAfter", report.bytesAfter()));
  }
}
