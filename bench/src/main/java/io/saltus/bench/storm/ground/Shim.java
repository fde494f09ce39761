package io.saltus.bench.storm.ground;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The library that stands between a child and its disk and clock, or why there is none.
 *
 * @param library compiled; empty when it could not be
 * @param missing why it could not be; empty when it was
 */
public record Shim(Optional<Path> library, String missing) {

  private static final List<String> SOURCES = List.of("shim.h", "shim.c", "shadow.c");

  /** Compiles it with the {@code cc} of the machine. */
  public static Shim compile(Path directory) throws IOException, InterruptedException {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return without("it is for Linux only");
    }
    Path library = directory.resolve("storm-shim.so");
    List<String> command =
        new ArrayList<>(
            List.of("cc", "-std=gnu11", "-O2", "-fPIC", "-shared", "-o", library.toString()));
    for (String source : SOURCES) {
      Path file = directory.resolve(source);
      try (InputStream in = Shim.class.getResourceAsStream("/storm/" + source)) {
        if (in == null) {
          throw new IllegalStateException("the shim's " + source + " is not on the class path");
        }
        Files.copy(in, file);
      }
      if (source.endsWith(".c")) {
        command.add(file.toString());
      }
    }
    command.addAll(List.of("-ldl", "-lpthread"));
    return compiled(command, directory.resolve("cc.log"), library);
  }

  private static Shim compiled(List<String> command, Path log, Path library)
      throws IOException, InterruptedException {
    Process compiler;
    try {
      compiler =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      return without("there is no C compiler on the PATH (cc)");
    }
    if (compiler.waitFor() != 0) {
      return without("cc refused it: " + Files.readString(log).lines().findFirst().orElse("?"));
    }
    return new Shim(Optional.of(library), "");
  }

  private static Shim without(String why) {
    return new Shim(Optional.empty(), "no shim: " + why);
  }

  /** Why what needs it cannot be tried; empty when it can. */
  public Optional<String> impossible() {
    return library.isPresent() ? Optional.empty() : Optional.of(missing);
  }
}
