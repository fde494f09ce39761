package io.saltus.persistence.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that writes a home.
 *
 * @param pid its process id
 * @param started when it started; 1970 where the operating system does not tell
 * @param command what it was started as, on one line
 * @param version of Saltus that it is, 1 to 64 letters, digits and {@code . _ + -}; empty where it
 *     does not say, as builds from before did not
 */
public record Holder(long pid, Instant started, String command, Optional<String> version) {

  private static final int LONGEST_COMMAND = 500;
  private static final Pattern ZOMBIE = Pattern.compile(" [ZX] ");
  private static final Pattern LINES =
      Pattern.compile(
          "pid=([0-9]{1,18})\nstarted=(\\S+)\ncommand=(.*)\n(?:version=([\\w.+-]{1,64})\n)?");

  /** Makes the command fit on a line of reasonable length. */
  public Holder {
    command = command.replaceAll("\\p{Cntrl}", " ");
    if (command.length() > LONGEST_COMMAND) {
      command = command.substring(0, LONGEST_COMMAND) + "…";
    }
  }

  static Holder thisProcess(String command, Optional<String> version) {
    ProcessHandle self = ProcessHandle.current();
    return new Holder(self.pid(), startOf(self), command, version);
  }

  static Optional<Holder> parse(String content) {
    Matcher lines = LINES.matcher(content);
    if (!lines.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Holder(
              Long.parseLong(lines.group(1)),
              Instant.parse(lines.group(2)),
              lines.group(3),
              Optional.ofNullable(lines.group(4))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  String format() {
    return "pid=%d\nstarted=%s\ncommand=%s\n%s"
        .formatted(pid, started, command, version.map(text -> "version=" + text + "\n").orElse(""));
  }

  boolean isThisProcess() {
    ProcessHandle self = ProcessHandle.current();
    return pid == self.pid() && started.equals(startOf(self));
  }

  /** Whether the process runs still; a process id can have been given to another one since. */
  public boolean isRunning() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .map(process -> startOf(process).equals(started) && !isZombie())
        .orElse(false);
  }

  /** Dead, with all its locks released, but not yet asked after by its parent. */
  private boolean isZombie() {
    try {
      String status = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The name of the program, in parentheses, may hold anything.
      return ZOMBIE.matcher(status.substring(status.lastIndexOf(')') + 1)).lookingAt();
    } catch (IOException noProc) {
      return false;
    }
  }

  private static Instant startOf(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH);
  }
}
