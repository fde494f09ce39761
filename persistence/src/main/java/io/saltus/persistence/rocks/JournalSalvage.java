package io.saltus.persistence.rocks;

import io.saltus.experiment.Sha256;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeException;
import io.saltus.persistence.home.HomeException.Reason;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.read.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.rocksdb.RocksDBException;

/**
 * Copies what can be read of a damaged home: of each stream the longest beginning without a hole,
 * and the checkpoint files whose content has their name. The table files and logs of the database
 * are read one by one, so neither its manifest nor its {@code CURRENT} file is needed; the source
 * is never changed. Events get new offsets, without a hole, in their old order.
 */
public final class JournalSalvage {

  /**
   * Something that could not be read.
   *
   * @param persistenceId the stream, empty when it is not known which
   * @param sequence the first event that is lost; the copy's stream ends before it. 0 when {@code
   *     persistenceId} is empty
   * @param message what is lost or damaged
   */
  public record Loss(String persistenceId, long sequence, String message) {}

  /**
   * What was copied, and what was not.
   *
   * @param streams how many streams
   * @param events how many events, emptied ones included
   * @param durableOffset the last offset in the copy
   * @param checkpoints how many checkpoint files
   * @param losses everything that could not be read, as far as there is a trace of it
   */
  public record Report(
      long streams, long events, long durableOffset, long checkpoints, List<Loss> losses) {

    /** Copies the list. */
    public Report {
      losses = List.copyOf(losses);
    }

    /** Returns whether everything of which there is a trace was copied. */
    public boolean complete() {
      return losses.isEmpty();
    }
  }

  private final Home from;
  private final Function<StoredEvent, Optional<String>> naming;
  private final List<Loss> losses = new ArrayList<>();

  private JournalSalvage(Home from, Function<StoredEvent, Optional<String>> naming) {
    this.from = from;
    this.naming = naming;
  }

  /**
   * Salvages a home, which no process may be writing. The copy appears under its name only when it
   * is whole.
   *
   * @param from the damaged home
   * @param to where the copy goes; must not exist
   * @param naming tells the name of a stream from its first event, where the name is lost
   * @return what was copied, and what was not
   * @throws HomeException when the source is held, foreign, too new or not there, or the target
   *     exists or cannot be written
   */
  public static Report salvage(Home from, Path to, Function<StoredEvent, Optional<String>> naming) {
    requireSource(from);
    return NewCopy.make(to, partial -> new JournalSalvage(from, naming).fill(partial));
  }

  static Report salvage(Home from, Path to) {
    return salvage(from, to, first -> Optional.empty());
  }

  private static void requireSource(Home from) {
    try {
      from.requireForReading();
    } catch (HomeException e) {
      if (e.reason() != Reason.DAMAGED) {
        throw e;
      }
    }
    HomeLock.currentHolder(from)
        .ifPresent(
            holder -> {
              throw new HomeException(
                  Reason.HELD,
                  "the home is in use: %s, by process %d: %s. End it first; a copy without --salvage can be made meanwhile."
                      .formatted(from.root(), holder.pid(), holder.command()));
            });
  }

  private Report fill(Path partial) throws IOException {
    Path sorted = partial.resolveSibling(partial.getFileName() + "-sorted");
    try (HomeLock lock = Home.at(partial).lockForWriting("journal copy --salvage")) {
      Home to = lock.home();
      try (Findings found = new Findings(sorted);
          Database target = Database.primary(to.journal(), StoreOptions.defaults())) {
        refuseForeign(scan(found));
        missingTables(sorted.resolveSibling(sorted.getFileName() + "-manifest"));
        SalvagedStreams streams = new SalvagedStreams(found, target, naming, losses);
        streams.write(from.journal());
        return new Report(
            streams.streams(),
            streams.events(),
            streams.events(),
            checkpoints(to.checkpoints()),
            losses);
      } catch (RocksDBException e) {
        throw Trouble.writing(to.journal(), e);
      }
    } finally {
      Trees.delete(sorted);
    }
  }

  private void refuseForeign(Findings found) {
    if (found.isForeign()) {
      throw new HomeException(
          Reason.FOREIGN,
          "this database is not a journal of Saltus: %s. Choose another home."
              .formatted(from.journal()));
    }
  }

  private void missingTables(Path scratch) throws IOException {
    if (!Files.isDirectory(from.journal())) {
      return;
    }
    Files.createDirectory(scratch);
    try {
      for (String table : MissingTables.of(from.journal(), scratch)) {
        losses.add(new Loss("", 0, table + ": the file is missing"));
      }
    } finally {
      Trees.delete(scratch);
    }
  }

  private Findings scan(Findings found) throws IOException {
    for (Path file : files(from.journal(), ".sst", ".log")) {
      Optional<String> damage;
      try {
        damage =
            file.toString().endsWith(".sst")
                ? TableFile.scan(file, found)
                : LogFile.scan(file, found);
      } catch (IOException e) {
        damage = Optional.of("it cannot be read (%s)".formatted(e.getMessage()));
      }
      damage.ifPresent(what -> losses.add(new Loss("", 0, file.getFileName() + ": " + what)));
    }
    found.flush();
    return found;
  }

  private long checkpoints(Path to) throws IOException {
    long copied = 0;
    for (Path file : files(from.checkpoints(), ".safetensors")) {
      String name = String.valueOf(file.getFileName());
      try {
        if (!(Sha256.ofFile(file).hex() + ".safetensors").equals(name)) {
          losses.add(new Loss("", 0, "checkpoint " + name + ": its content has another digest"));
          continue;
        }
      } catch (IOException e) {
        losses.add(new Loss("", 0, "checkpoint %s: it cannot be read".formatted(name)));
        continue;
      }
      Files.copy(file, to.resolve(name));
      copied++;
    }
    return copied;
  }

  private static List<Path> files(Path directory, String... suffixes) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> Stream.of(suffixes).anyMatch(file.toString()::endsWith))
          .sorted()
          .toList();
    }
  }
}
