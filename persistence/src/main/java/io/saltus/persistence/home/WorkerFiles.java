package io.saltus.persistence.home;

import io.saltus.experiment.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The files {@code workers/<pid>} of a home that is held for writing: which worker processes it
 * has. A worker ends with its parent by itself; these files are for one that could not, because it
 * was stopped, say. They need not survive a power cut, after which there are no processes.
 */
public final class WorkerFiles {

  private static final long PATIENCE_SECONDS = 5;
  private static final int LONGEST_FILE = 4096;

  private final Home home;

  private WorkerFiles(Home home) {
    this.home = home;
  }

  /** Those of a home that this process holds. */
  public static WorkerFiles of(HomeLock lock) {
    return new WorkerFiles(lock.home());
  }

  /** What workers that ended badly had said. */
  public WorkerErrors errors() {
    return WorkerErrors.of(home);
  }

  /**
   * Writes the file of a worker: when it has been started, and again when it is given a run.
   *
   * @param slot the devices that it computes on
   * @param run whose attempt it computes; empty while it is a spare
   * @throws IOException when it cannot be written
   */
  public void add(ProcessHandle worker, String slot, Optional<RunId> run) throws IOException {
    Files.createDirectories(home.workers());
    Path file = file(worker.pid());
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(temporary, WorkerFile.of(worker, run, slot).format(), StandardCharsets.UTF_8);
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Which processes compute for which runs in a home, asked by any process. What cannot be read is
   * left out.
   */
  public static Map<RunId, Long> computing(Home home) {
    if (!Files.isDirectory(home.workers())) {
      return Map.of();
    }
    Map<RunId, Long> computing = new HashMap<>();
    try (Stream<Path> entries = Files.list(home.workers())) {
      entries
          .flatMap(file -> read(file).stream())
          .filter(worker -> worker.process().isPresent())
          .forEach(worker -> worker.run().ifPresent(run -> computing.put(run, worker.pid())));
    } catch (IOException e) {
      return Map.of();
    }
    return computing;
  }

  /** Removes the file of a worker that has ended; one that cannot be removed harms nobody. */
  public void remove(long pid) {
    try {
      Files.deleteIfExists(file(pid));
    } catch (IOException e) {
      // Whoever opens the home next finds that no such process runs, and tries again.
      return;
    }
  }

  /**
   * Kills the workers of processes that held the home before, and removes their files. A process
   * that has the id of one but started at another time is none of them.
   *
   * @return the process ids of those that were killed
   * @throws HomeException when the files cannot be read or removed
   */
  public List<Long> endLeftovers() {
    if (!Files.isDirectory(home.workers())) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(home.workers())) {
      List<Path> files = entries.filter(Files::isRegularFile).sorted().toList();
      List<ProcessHandle> left = files.stream().flatMap(file -> leftBy(file).stream()).toList();
      left.forEach(ProcessHandle::destroyForcibly);
      waitFor(left);
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      return left.stream().map(ProcessHandle::pid).toList();
    } catch (IOException e) {
      throw home.refused(e);
    }
  }

  private static Optional<ProcessHandle> leftBy(Path file) {
    return read(file)
        .flatMap(WorkerFile::process)
        .filter(process -> process.pid() != ProcessHandle.current().pid());
  }

  private static Optional<WorkerFile> read(Path file) {
    try {
      return Files.size(file) > LONGEST_FILE
          ? Optional.empty()
          : WorkerFile.parse(Files.readString(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A worker holds nothing of the home, so one that does not end soon is not waited for. */
  private static void waitFor(List<ProcessHandle> killed) {
    CompletableFuture.allOf(
            killed.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  private Path file(long pid) {
    return home.workers().resolve(Long.toString(pid));
  }
}
