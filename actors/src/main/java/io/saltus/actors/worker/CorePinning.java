package io.saltus.actors.worker;

import io.saltus.experiment.Device;
import io.saltus.experiment.DeviceId;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps each worker on the cores of its slots: slot {@code cpu:N} is the N-th core that this
 * process may use. Changes when something is computed and nothing of what is computed. Immutable.
 */
public final class CorePinning {

  /** {@code off} in this variable of the environment pins nothing. */
  public static final String VARIABLE = "SALTUS_PINNING";

  private static final Logger LOG = LoggerFactory.getLogger(CorePinning.class);
  private static final String CPU = "cpu";
  private static final String ALLOWED = "Cpus_allowed_list:";
  private static final long PATIENCE_SECONDS = 5;

  private final List<Integer> cores;
  private final List<String> taskset;
  private final String refusal;

  private CorePinning(List<Integer> cores, List<String> taskset, String refusal) {
    this.cores = List.copyOf(cores);
    this.taskset = List.copyOf(taskset);
    this.refusal = refusal;
  }

  /** Pins nothing. */
  public static CorePinning none(String why) {
    return new CorePinning(List.of(), List.of(), why);
  }

  /**
   * What can be done here, now.
   *
   * @param devices that are leased
   * @param environment of this process
   */
  public static CorePinning here(List<Device> devices, Map<String, String> environment) {
    if ("off".equals(environment.get(VARIABLE))) {
      return none(VARIABLE + " is off");
    }
    Optional<Path> taskset = taskset(environment.getOrDefault("PATH", ""));
    if (taskset.isEmpty()) {
      return none("there is no 'taskset' (of util-linux)");
    }
    int slots = (int) devices.stream().filter(device -> device.id().kind().equals(CPU)).count();
    try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
      return of(
          slots,
          status.filter(line -> line.startsWith(ALLOWED)).findFirst().orElse(""),
          taskset.get().toString());
    } catch (IOException e) {
      return none("the system does not say which cores this process may use");
    }
  }

  /**
   * @param slots of the processor
   * @param allowed the line of {@code /proc/self/status}
   * @param taskset the program that pins
   */
  static CorePinning of(int slots, String allowed, String... taskset) {
    List<Integer> cores = cores(allowed.replace(ALLOWED, "").strip());
    if (cores.isEmpty()) {
      return none("the system does not say which cores this process may use");
    }
    // Held to fewer by a quota, others may be held so too, and all would crowd on the same cores.
    return cores.size() == slots
        ? new CorePinning(cores, List.of(taskset), "")
        : none(
            "this process may use %d cores and has %d slots of the processor"
                .formatted(cores.size(), slots));
  }

  private static Optional<Path> taskset(String path) {
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, "taskset"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Those of a list such as {@code 0-3,8}; none where it is no such list. */
  static List<Integer> cores(String list) {
    List<Integer> cores = new ArrayList<>();
    for (String part : list.split(",", -1)) {
      if (!part.matches("[0-9]{1,6}(-[0-9]{1,6})?")) {
        return List.of();
      }
      String[] ends = part.split("-", -1);
      IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
          .forEach(cores::add);
    }
    return cores;
  }

  /** Why workers are not pinned; empty where they are. */
  public Optional<String> refusal() {
    return refusal.isEmpty() ? Optional.empty() : Optional.of(refusal);
  }

  /** For people: whether workers are pinned, and to what. */
  public String text() {
    return refusal()
        .map(why -> "workers are not pinned to cores: " + why)
        .orElseGet(() -> "workers are pinned to cores " + list(cores));
  }

  /** The cores of some devices, as the system writes them; empty where they are not pinned. */
  Optional<String> coresOf(List<DeviceId> devices) {
    boolean known =
        devices.stream()
            .allMatch(device -> device.kind().equals(CPU) && device.index() < cores.size());
    return devices.isEmpty() || !known
        ? Optional.empty()
        : Optional.of(list(devices.stream().map(device -> cores.get(device.index())).toList()));
  }

  private static String list(List<Integer> cores) {
    return cores.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /**
   * Pins all threads of a process, and with them those that they start. Where that cannot be done
   * it goes on as it was.
   */
  void pin(long pid, List<DeviceId> devices) {
    coresOf(devices).ifPresent(list -> pin(pid, list));
  }

  private void pin(long pid, String list) {
    List<String> command = new ArrayList<>(taskset);
    command.addAll(List.of("-a", "-p", "-c", list, Long.toString(pid)));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        LOG.debug("worker {} is not pinned to cores {}: taskset does not end", pid, list);
      } else if (process.exitValue() != 0) {
        LOG.debug(
            "worker {} is not pinned to cores {}: taskset ended with {}",
            pid,
            list,
            process.exitValue());
      }
    } catch (IOException e) {
      LOG.debug("worker {} is not pinned to cores {}: {}", pid, list, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
