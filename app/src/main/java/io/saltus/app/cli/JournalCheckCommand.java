package io.saltus.app.cli;

import io.saltus.app.json.Json;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.text.Figures;
import io.saltus.app.text.Printable;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.rocks.JournalCheck;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Looks at everything in the journal. */
@Command(name = "check", description = "Read everything in the journal and name all damage.")
final class JournalCheckCommand implements Callable<Integer> {

  private final Invocation invocation;

  JournalCheckCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    boolean json = invocation.json();
    Home home = Home.at(invocation.home());
    home.requireForReading();
    JournalCheck.Report report = JournalCheck.of(home);
    if (json) {
      invocation.print(line(report));
    } else {
      invocation.print(
          (report.sound() ? "sound: " : "damaged: ")
              + Figures.whole(report.events())
              + " events and "
              + Figures.whole(report.snapshots())
              + " snapshots in "
              + Figures.whole(report.streams())
              + " streams");
      report.damages().forEach(damage -> invocation.print(Printable.of(text(damage))));
    }
    return (report.sound() ? ExitCode.FINE : ExitCode.FAILED).code();
  }

  private static String text(JournalCheck.Damage damage) {
    if (damage.persistenceId().isEmpty()) {
      return damage.message();
    }
    return damage.persistenceId().replace('|', ' ')
        + (damage.sequence() > 0 ? " event " + damage.sequence() : "")
        + ": "
        + damage.message();
  }

  private static String line(JournalCheck.Report report) {
    return Json.line(
        json ->
            json.put("sound", report.sound())
                .put("streams", report.streams())
                .put("events", report.events())
                .put("snapshots", report.snapshots())
                .put("durableOffset", report.durableOffset())
                .array(
                    "damages",
                    damages ->
                        report
                            .damages()
                            .forEach(
                                damage ->
                                    damages.add(
                                        object ->
                                            object
                                                .put("stream", damage.persistenceId())
                                                .put("sequence", damage.sequence())
                                                .put("message", damage.message())))));
  }
}
