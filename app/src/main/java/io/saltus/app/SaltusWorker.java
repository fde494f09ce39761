package io.saltus.app;

import io.saltus.actors.worker.WorkerServer;
import io.saltus.app.signal.Signals;
import io.saltus.experiment.Device;
import io.saltus.tf.device.GpuEnvironment;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * The entry point of a worker process, {@code saltus-worker SLOT}: serves one session to the Saltus
 * that started it, and halts with it. The arguments are for people who look at the processes; what
 * to do comes over the pipe.
 */
public final class SaltusWorker {

  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  /** What must not, or cannot, be done by two JVMs: listening at one port, writing one file. */
  private static final List<String> OF_ONE_PROCESS =
      List.of(
          "-agentlib:",
          "-agentpath:",
          "-javaagent:",
          "-Xrun",
          "-Dcom.sun.management.",
          "-XX:StartFlightRecording",
          "-XX:ArchiveClassesAtExit");

  private SaltusWorker() {}

  /** Serves until the session is closed or the parent is gone. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    // A signal to the whole group is for the parent: it pauses the run, and closes this session.
    Signals.hear(signal -> {});
    try (OutputStream replies = new FileOutputStream("/proc/self/fd/3")) {
      new WorkerServer(
              new FileInputStream(FileDescriptor.in),
              replies,
              Programs.installed()::find,
              () -> Runtime.getRuntime().halt(0),
              HEARTBEAT)
          .serve();
    }
    Runtime.getRuntime().halt(0);
  }

  /** A GPU's variables must stand there when the process starts, before anything is loaded. */
  private static List<String> environment(String slot, List<Device> devices) {
    List<String> names = List.of(slot.split(","));
    SortedMap<String, String> variables =
        GpuEnvironment.of(
            devices.stream().filter(device -> names.contains(device.id().toString())).toList());
    List<String> command = new ArrayList<>();
    if (!variables.isEmpty()) {
      command.add("env");
      variables.forEach((name, value) -> command.add(name + "=" + value));
    }
    return command;
  }

  /**
   * What starts a worker: this process's Java, with its options, so that it computes the same bits.
   *
   * @param slot the devices that it computes on, such as {@code cpu:0}
   * @param devices of this machine
   */
  static List<String> command(String slot, List<Device> devices) {
    List<String> command = new ArrayList<>(environment(slot, devices));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> OF_ONE_PROCESS.stream().noneMatch(option::startsWith))
        .forEach(command::add);
    // An exhausted heap is told by its status from a crash; nobody wants the core of either.
    command.addAll(
        List.of(
            "-XX:-CrashOnOutOfMemoryError",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-CreateCoredumpOnCrash"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(SaltusWorker.class.getName(), "saltus-worker", slot));
    return command;
  }
}
