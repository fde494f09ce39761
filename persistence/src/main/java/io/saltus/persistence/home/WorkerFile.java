package io.saltus.persistence.home;

import io.saltus.experiment.RunId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the file of a worker process says.
 *
 * @param pid its process id
 * @param started when it started; 1970 where the operating system does not tell
 * @param run whose attempt it computes; empty while it is a spare
 * @param slot the devices that it computes on
 */
record WorkerFile(long pid, Instant started, Optional<RunId> run, String slot) {

  private static final Pattern LINES =
      Pattern.compile(
          "pid=([0-9]{1,18})\nstarted=(\\S{1,40})\n(?:run=([a-z0-9._-]{0,63})\n)?slot=(.*)\n");

  static WorkerFile of(ProcessHandle worker, Optional<RunId> run, String slot) {
    return new WorkerFile(worker.pid(), startOf(worker), run, slot);
  }

  /** Empty for what was cut short by a crash, or is something else. */
  static Optional<WorkerFile> parse(String content) {
    Matcher lines = LINES.matcher(content);
    if (!lines.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new WorkerFile(
              Long.parseLong(lines.group(1)),
              Instant.parse(lines.group(2)),
              Optional.ofNullable(lines.group(3)).filter(id -> !id.isEmpty()).map(RunId::new),
              lines.group(4)));
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  String format() {
    return "pid=%d\nstarted=%s\nrun=%s\nslot=%s\n"
        .formatted(pid, started, run.map(RunId::value).orElse(""), slot);
  }

  /**
   * The process, if it runs still. Its id may have been given to another one since, so where the
   * system does not tell when a process started, nothing is found.
   */
  Optional<ProcessHandle> process() {
    return started.equals(Instant.EPOCH)
        ? Optional.empty()
        : ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            .filter(process -> startOf(process).equals(started));
  }

  private static Instant startOf(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH);
  }
}
