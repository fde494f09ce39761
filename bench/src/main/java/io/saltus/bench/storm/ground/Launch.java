package io.saltus.bench.storm.ground;

import io.saltus.bench.storm.child.StormChild;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a child is started: with the launcher's options for the JVM, and with what is asked of the
 * shim. Immutable.
 */
public final class Launch {

  private final Field field;
  private final Map<String, String> asked;
  private final List<String> flags;

  private Launch(Field field, Map<String, String> asked, List<String> flags) {
    this.field = field;
    this.asked = asked;
    this.flags = flags;
  }

  static Launch plain(Field field) {
    return new Launch(field, Map.of(), List.of("-Xmx256m"));
  }

  /** With what would survive a cut of the power kept in {@link Field#shadow}. */
  public Launch shadowed() {
    return with("STORM_SHADOW", field.shadow().toString());
  }

  /** With a disk that lies: of {@code journal}, {@code checkpoints}, {@code directories}. */
  public Launch swallowing(String what) {
    return with("STORM_SWALLOW", what);
  }

  /**
   * Killed at an operation.
   *
   * @param fragment of the operation and its path, such as {@code fsync journal/}; empty: any
   * @param nth from 1
   * @param after it is done, or before (a write: by half)
   */
  public Launch killedAt(String fragment, long nth, boolean after) {
    return with("STORM_KILL", fragment + ":" + nth + (after ? ":after" : ":before"));
  }

  /** With a disk that is full after so many bytes. */
  public Launch withSpace(long bytes) {
    return with("STORM_SPACE", Long.toString(bytes));
  }

  /** With a disk on which nothing may be written. */
  public Launch readOnly() {
    return with("STORM_READONLY", "1");
  }

  /** With a wall clock that is wrong by what a file says. */
  public Launch withClock(Path file) {
    return with("STORM_CLOCK", file.toString());
  }

  /** With a line for every operation in {@link Field#trace}. */
  public Launch traced() {
    return with("STORM_TRACE", field.trace().toString());
  }

  /** With another heap. */
  public Launch withHeap(int megabytes) {
    return new Launch(field, asked, List.of("-Xmx" + megabytes + "m"));
  }

  private Launch with(String variable, String value) {
    Map<String, String> more = new TreeMap<>(asked);
    more.put(variable, value);
    return new Launch(field, more, flags);
  }

  /** Starts a run. */
  public Running begin() throws IOException {
    return start("begin");
  }

  /** Goes on with a run; with the shadow that is there, if one is kept. */
  public Running goOn() throws IOException {
    return start("go-on");
  }

  private Running start(String what) throws IOException {
    Files.createDirectories(field.disk());
    Files.createDirectories(field.shadow());
    ProcessBuilder builder =
        new ProcessBuilder(command(what))
            .redirectError(ProcessBuilder.Redirect.appendTo(field.errors().toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("STORM_"));
    if (!asked.isEmpty()) {
      builder.environment().put("LD_PRELOAD", field.shim().library().orElseThrow().toString());
      builder.environment().put("STORM_ROOT", field.disk().toString());
      builder.environment().putAll(asked);
    }
    return new Running(builder.start());
  }

  private List<String> command(String what) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+CrashOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:+DisplayVMOutputToStderr",
                "-XX:-UsePerfData",
                "-XX:ErrorFile=" + field.errors() + ".crash",
                "-Xlog:disable",
                "-Xlog:all=error:stderr"));
    command.addAll(flags);
    command.addAll(
        List.of(
            "-cp",
            classPath(),
            StormChild.class.getName(),
            what,
            field.home().toString(),
            field.program().name(),
            Long.toString(field.program().steps())));
    return command;
  }

  private static String classPath() {
    return System.getProperty(
        "surefire.test.class.path", System.getProperty("java.class.path", File.pathSeparator));
  }
}
