package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.cli.Console.Outcome;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** An event whose bytes have changed: who reads it names its run and its sequence number. */
class DamagedEventTest {

  @TempDir static Path directory;
  private static Console console;
  private static long damaged;

  @BeforeAll
  static void run_and_damage() throws Exception {
    String spec = Scripted.spec(directory);
    console = new Console(directory);
    for (String name : new String[] {"r1", "r2"}) {
      Outcome outcome = console.run("run", spec, "--name", name);
      assertThat(outcome.code()).as(outcome.err()).isZero();
    }
    List<String> events = console.run("events", "r1", "--format", "json").lines();
    damaged = 0;
    while (!events.get((int) damaged).contains("\"type\":\"MetricsRecorded\"")) {
      damaged++;
    }
    damaged++;
    damage(directory.resolve(".saltus/journal"), "run|r1", damaged);
  }

  /** The keys stand in the description of the journal's format. */
  private static void damage(Path journal, String stream, long sequence) throws RocksDBException {
    try (Options options = new Options();
        RocksDB db = RocksDB.open(options, journal.toString())) {
      byte[] number = number(db, stream);
      byte[] key = ByteBuffer.allocate(17).put((byte) 'e').put(number).putLong(sequence).array();
      byte[] event = db.get(key);
      event[event.length / 2] ^= 1;
      db.put(key, event);
    }
  }

  private static byte[] number(RocksDB db, String stream) throws RocksDBException {
    byte[] name = stream.getBytes(StandardCharsets.UTF_8);
    return db.get(ByteBuffer.allocate(1 + name.length).put((byte) 'p').put(name).array());
  }

  /** As if no snapshot had been taken yet: all must be read from the events. */
  private static void dropSnapshots(Path journal) throws RocksDBException {
    try (Options options = new Options();
        RocksDB db = RocksDB.open(options, journal.toString())) {
      byte[] number = number(db, "run|r1");
      byte[] first = ByteBuffer.allocate(9).put((byte) 's').put(number).array();
      number[number.length - 1]++;
      byte[] behind = ByteBuffer.allocate(9).put((byte) 's').put(number).array();
      db.deleteRange(first, behind);
    }
  }

  private static String itsName() {
    return "event " + damaged + " of run r1: its checksum does not match";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "show r1",
        "show r1 --format json",
        "events r1",
        "events r1 --format json",
        "metrics r1",
        "replay r1",
        "verify r1",
        "fork r1 --step 200",
        "compare r1 r2",
      })
  void it_is_named_by_run_and_sequence_number(String command) {
    Outcome outcome = console.run(command.split(" "));

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(1);
    assertThat(outcome.err()).contains(itsName()).doesNotContain("\tat ");
    assertThat(outcome.out()).as("nothing is made up").doesNotContain("digest", "completed");
  }

  @Test
  void the_events_before_it_are_shown() {
    Outcome before = console.run("events", "r1", "--until-seq", Long.toString(damaged - 1));
    assertThat(before.code()).isZero();
    assertThat(before.lines()).hasSize((int) damaged - 1);
  }

  @Test
  void a_list_that_needs_no_event_of_it_still_has_the_run() {
    assertThat(console.run("runs", "--format", "json").lines()).hasSize(2);
  }

  @Test
  void other_runs_are_listed_and_can_be_used(@TempDir Path other) throws Exception {
    for (String file : Scripted.files(directory).keySet()) {
      Files.createDirectories(other.resolve(file).getParent());
      Files.copy(directory.resolve(file), other.resolve(file));
    }
    dropSnapshots(other.resolve(".saltus/journal"));
    Console there = new Console(other);
    Outcome runs = there.run("runs", "--format", "json");

    assertThat(runs.code()).isEqualTo(1);
    assertThat(runs.err()).contains(itsName());
    assertThat(runs.lines()).singleElement().asString().startsWith("{\"run\":\"r2\"");
    assertThat(there.run("show", "r2").code()).isZero();
    assertThat(there.run("verify", "r2").code()).isZero();
  }

  @Test
  void the_check_of_the_journal_names_it_alone() {
    Outcome text = console.run("journal", "check");

    assertThat(text.code()).isEqualTo(1);
    assertThat(text.lines()).hasSize(2);
    assertThat(text.lines().get(0)).startsWith("damaged: ");
    assertThat(text.lines().get(1)).startsWith("run r1 event " + damaged + ": its checksum");
    assertThat(console.run("journal", "check", "--format", "json").out())
        .contains("\"sound\":false")
        .contains("\"damages\":[{\"stream\":\"run|r1\",\"sequence\":" + damaged + ",");
  }
}
