package io.saltus.app;

import io.saltus.experiment.session.ProbeFactory;
import io.saltus.experiment.session.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Finds the programs that can train. */
@FunctionalInterface
public interface Programs {

  /**
   * All programs, those of {@code jars} after the built-in ones.
   *
   * @param jars of further programs
   */
  List<Program> find(List<Path> jars);

  /** Those on the class path and in the jars, by {@link ServiceLoader}. */
  static Programs installed() {
    return jars -> load(Program.class, jars);
  }

  /**
   * All that can make probes, those of {@code jars} after the built-in ones.
   *
   * @param jars of further ones
   */
  default List<ProbeFactory> probes(List<Path> jars) {
    return load(ProbeFactory.class, jars);
  }

  private static <T> List<T> load(Class<T> service, List<Path> jars) {
    ClassLoader parent = Programs.class.getClassLoader();
    // Never closed: what is found loads its classes as it goes, until the process ends.
    ClassLoader loader =
        jars.isEmpty()
            ? parent
            : new URLClassLoader(jars.stream().map(Programs::url).toArray(URL[]::new), parent);
    return ServiceLoader.load(service, loader).stream().map(ServiceLoader.Provider::get).toList();
  }

  /** The jars of a directory, in the order of their names. */
  static List<Path> jarsOf(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(path -> path.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(jar.toString(), e);
    }
  }
}
