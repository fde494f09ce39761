package io.saltus.app.server;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Who listens on a port of this machine, as far as the operating system lets us see. */
final class PortHolder {

  private static final String LISTENING = "0A";
  private static final int LOCAL = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private PortHolder() {}

  /** The process, as {@code process PID (NAME)}; empty where that cannot be told. */
  static Optional<String> of(int port) {
    try {
      for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
        if (!Files.isReadable(Path.of(table))) {
          continue;
        }
        for (String line : Files.readAllLines(Path.of(table))) {
          Optional<String> found = inode(line, port).flatMap(PortHolder::process);
          if (found.isPresent()) {
            return found;
          }
        }
      }
      return Optional.empty();
    } catch (IOException | RuntimeException unseen) {
      return Optional.empty();
    }
  }

  private static Optional<String> inode(String line, int port) {
    String[] columns = line.strip().split("\\s+", -1);
    return columns.length > INODE
            && columns[STATE].equals(LISTENING)
            && columns[LOCAL].endsWith(":%04X".formatted(port))
        ? Optional.of(columns[INODE])
        : Optional.empty();
  }

  private static Optional<String> process(String inode) {
    return ProcessHandle.allProcesses()
        .filter(process -> holds(process.pid(), "socket:[" + inode + "]"))
        .findFirst()
        .map(
            process ->
                "process %d (%s)"
                    .formatted(
                        process.pid(),
                        process
                            .info()
                            .command()
                            .map(command -> command.substring(command.lastIndexOf('/') + 1))
                            .orElse("unknown")));
  }

  private static boolean holds(long pid, String socket) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
      for (Path each : open) {
        if (Files.isSymbolicLink(each) && Files.readSymbolicLink(each).toString().equals(socket)) {
          return true;
        }
      }
      return false;
    } catch (IOException | RuntimeException gone) {
      return false;
    }
  }
}
