package io.saltus.app.export;

import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Problem;
import io.saltus.app.problem.Refusal;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where an export goes: a file or a directory, which is there whole or not at all. It is written
 * beside its place under another name, then renamed.
 */
public final class Destination {

  private static final String FLAG = "--out ";

  private final Path place;
  private final boolean directory;
  private final boolean replaces;

  private Destination(Path place, boolean directory, boolean replaces) {
    this.place = place;
    this.directory = directory;
    this.replaces = replaces;
  }

  /** Fills what is still under another name. */
  public interface Filling<T> {
    /**
     * Writes all of it.
     *
     * @throws IOException when it cannot be written
     */
    void fill(T into) throws IOException;
  }

  /**
   * Looks, before anything is written, whether a file can be.
   *
   * @param force whether one that is there is replaced
   * @throws Refusal when it cannot
   */
  public static Destination file(Path place, boolean force) {
    if (Files.isDirectory(place)) {
      throw Refusal.wrong("this is a directory", FLAG + place, "Name a file.");
    }
    return checked(new Destination(place, false, force));
  }

  /**
   * Looks, before anything is written, whether a directory can be.
   *
   * @param force whether one that is there is replaced, which must hold nothing but an export
   * @throws Refusal when it cannot
   */
  public static Destination directory(Path place, boolean force) {
    if (force && Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      requireExport(place);
    }
    return checked(new Destination(place, true, force));
  }

  private static Destination checked(Destination destination) {
    Path place = destination.place;
    Path parent = place.getParent();
    if (parent == null || place.getFileName() == null) {
      throw Refusal.wrong("this cannot be replaced", FLAG + place, "Name something new.");
    }
    if (!destination.replaces && Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      throw Refusal.wrong(
          "it exists already", FLAG + place, "Name a new one, or replace it with --force.");
    }
    if (!Files.isDirectory(parent)) {
      throw Refusal.wrong("there is no such directory", FLAG + parent, "Make it first.");
    }
    if (!Files.isWritable(parent)) {
      throw Refusal.wrong(
          "the directory cannot be written", FLAG + parent, "Choose another place.");
    }
    return destination;
  }

  /** What is deleted must be recognisable as an export: names are mistyped. */
  private static void requireExport(Path place) {
    try {
      if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS) && holdsOnlyExports(place, true)) {
        return;
      }
    } catch (IOException unreadable) {
      // Said below, as of any directory that is not known to be an export.
    }
    throw Refusal.wrong(
        "there is something in it that is no export",
        FLAG + place,
        "Name a new directory, or delete this one yourself.");
  }

  private static boolean holdsOnlyExports(Path directory, boolean deeper) throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
      for (Path child : children) {
        String name = String.valueOf(child.getFileName());
        boolean exported =
            Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)
                ? deeper && holdsOnlyExports(child, false)
                : name.endsWith(".parquet") || name.startsWith("events.out.tfevents.");
        if (!exported) {
          return false;
        }
      }
    }
    return true;
  }

  /** Writes a file. */
  public void writeText(Filling<Appendable> filling) {
    Path unfinished = unfinished();
    try {
      try (BufferedWriter out =
          Files.newBufferedWriter(
              unfinished,
              StandardCharsets.UTF_8,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.WRITE)) {
        filling.fill(out);
      }
      publish(unfinished);
    } catch (IOException e) {
      throw failed(e);
    } finally {
      remove(unfinished);
    }
  }

  /** Writes a directory. */
  public void writeDirectory(Filling<Path> filling) {
    Path unfinished = unfinished();
    try {
      Files.createDirectory(unfinished);
      filling.fill(unfinished);
      publish(unfinished);
    } catch (IOException e) {
      throw failed(e);
    } finally {
      remove(unfinished);
    }
  }

  private Path unfinished() {
    return place.resolveSibling(
        "." + place.getFileName() + "." + ProcessHandle.current().pid() + ".unfinished");
  }

  private void publish(Path unfinished) throws IOException {
    if (!replaces) {
      Files.move(unfinished, place);
    } else if (directory) {
      remove(place);
      Files.move(unfinished, place);
    } else {
      Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private Refusal failed(IOException e) {
    return new Refusal(
        ExitCode.FAILED,
        new Problem("the export cannot be written", FLAG + place + " (" + e + ")", ""),
        e);
  }

  private static void remove(Path tree) {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(tree)) {
      List<Path> deepestFirst = walk.sorted((one, two) -> two.compareTo(one)).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      // What is said is why it could not be written; a rest may stay.
    }
  }
}
