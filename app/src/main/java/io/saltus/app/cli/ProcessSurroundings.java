package io.saltus.app.cli;

import io.saltus.app.Programs;
import io.saltus.app.doctor.Machine;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/** The surroundings of the real process. */
final class ProcessSurroundings {

  private static final int BUFFER_BYTES = 1 << 16;

  private ProcessSurroundings() {}

  static Surroundings create() {
    return new Surroundings(
        System.in,
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        System.getenv(),
        Path.of("").toAbsolutePath(),
        Clock.systemUTC(),
        new SecureRandom(),
        Programs.installed(),
        Machine::ofProcess,
        Runtime.getRuntime()::halt,
        isTerminal(1),
        isTerminal(2),
        isTerminal(0));
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    // UTF-8 whatever the locale says: JSON is UTF-8, and JDK 17 would write '?' under LANG=C.
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), BUFFER_BYTES),
        false,
        StandardCharsets.UTF_8);
  }

  /**
   * Whether a descriptor is a terminal. {@code System.console()} says it of standard input and
   * output together only, and on JDK 22 and later of neither.
   */
  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException noProc) {
      return false;
    }
  }
}
