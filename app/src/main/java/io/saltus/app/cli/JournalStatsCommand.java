package io.saltus.app.cli;

import io.saltus.app.json.Json;
import io.saltus.app.text.Figures;
import io.saltus.app.text.TextTable;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.rocks.JournalStats;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Measures the journal. */
@Command(name = "stats", description = "Count events and bytes, stream by stream.")
final class JournalStatsCommand implements Callable<Integer> {

  private final Invocation invocation;

  JournalStatsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    boolean json = invocation.json();
    Home home = Home.at(invocation.home());
    home.requireForReading();
    JournalStats stats = JournalStats.of(home);
    if (json) {
      invocation.print(line(stats));
      return 0;
    }
    TextTable table = TextTable.of("stream", ">events", ">bytes", ">snapshots");
    stats
        .streams()
        .forEach(
            stream ->
                table.row(
                    stream.persistenceId(),
                    Figures.whole(stream.events()),
                    Figures.bytes(stream.bytes()),
                    Figures.whole(stream.snapshots())));
    invocation.print(table.lines());
    invocation.print("");
    invocation.print(
        Figures.whole(stats.events())
            + " events, "
            + Figures.bytes(stats.bytes())
            + ", on disk "
            + Figures.bytes(stats.bytesOnDisk()));
    return 0;
  }

  private static String line(JournalStats stats) {
    return Json.line(
        json ->
            json.put("events", stats.events())
                .put("bytes", stats.bytes())
                .put("bytesOnDisk", stats.bytesOnDisk())
                .put("durableOffset", stats.durableOffset())
                .array(
                    "streams",
                    streams ->
                        stats
                            .streams()
                            .forEach(
                                stream ->
                                    streams.add(
                                        object ->
                                            object
                                                .put("stream", stream.persistenceId())
                                                .put("events", stream.events())
                                                .put("emptied", stream.emptied())
                                                .put("bytes", stream.bytes())
                                                .put("snapshots", stream.snapshots())))));
  }
}
