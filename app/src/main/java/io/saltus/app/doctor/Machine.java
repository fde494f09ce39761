package io.saltus.app.doctor;

import io.saltus.actors.worker.CorePinning;
import io.saltus.tf.device.Devices;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What the checks read of the machine.
 *
 * @param properties of the JVM
 * @param heapBytes most of the heap
 * @param memoryBytes of the machine, or of the container; 0 when unknown
 * @param resources whether the program has a resource of a name
 * @param files whether a file is there
 * @param graphics its GPUs, looked at when they are asked for
 * @param pinning of workers to its cores
 */
public record Machine(
    Properties properties,
    long heapBytes,
    long memoryBytes,
    Predicate<String> resources,
    Predicate<Path> files,
    Supplier<Graphics> graphics,
    Supplier<CorePinning> pinning) {

  /** The one this process runs on. */
  public static Machine ofProcess() {
    ClassLoader loader = Machine.class.getClassLoader();
    return new Machine(
        System.getProperties(),
        Runtime.getRuntime().maxMemory(),
        physicalMemory(),
        name -> loader.getResource(name) != null,
        Files::exists,
        Graphics::ofMachine,
        () -> CorePinning.here(Devices.list(), System.getenv()));
  }

  String property(String name) {
    return properties.getProperty(name, "unknown");
  }

  /** {@code linux-x86_64}, as the names of native libraries have it. */
  public String platform() {
    String os = property("os.name").startsWith("Linux") ? "linux" : property("os.name");
    String arch = property("os.arch").equals("amd64") ? "x86_64" : property("os.arch");
    return os + "-" + arch;
  }

  private static long physicalMemory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }
}
