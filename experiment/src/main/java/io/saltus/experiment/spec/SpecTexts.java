package io.saltus.experiment.spec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the texts of specs: shipped ones by name and, where that is allowed, files. */
final class SpecTexts {

  private final boolean filesAllowed;

  SpecTexts(boolean filesAllowed) {
    this.filesAllowed = filesAllowed;
  }

  /** A text that cannot be had; the message is a clause for the user. */
  static final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    Unavailable(String message) {
      super(message);
    }
  }

  /** A text named where nothing includes it. */
  SpecText top(String source) throws Unavailable {
    return isFileName(source) ? file(source, path(source), source) : shipped(source);
  }

  /** A text included by another. */
  SpecText included(String name, SpecText by) throws Unavailable {
    if (!isFileName(name)) {
      return shipped(name);
    }
    Path relative = path(name);
    Path folder =
        by.file()
            .map(SpecTexts::folderOf)
            .orElseThrow(
                () ->
                    new Unavailable(
                        "only a file can include a file; allowed are shipped specs: " + names()));
    Path target = folder.resolve(relative).normalize();
    if (relative.isAbsolute() || !target.startsWith(folder.normalize())) {
      throw outside(name);
    }
    try {
      // Links are followed before the check, so that none leads outside.
      if (Files.exists(target) && !target.toRealPath().startsWith(folder.toRealPath())) {
        throw outside(name);
      }
    } catch (IOException e) {
      throw new Unavailable("cannot be read: " + reason(e));
    }
    return file(target.toString(), target, name);
  }

  static boolean isFileName(String source) {
    return source.indexOf('/') >= 0 || source.endsWith(".conf");
  }

  private SpecText file(String shown, Path path, String asked) throws Unavailable {
    if (!filesAllowed) {
      throw new Unavailable(
          Words.quote(asked)
              + " is a file, and files are not allowed here; shipped specs are: "
              + names());
    }
    try {
      if (Files.isDirectory(path)) {
        throw new Unavailable(Words.quote(asked) + " is a directory; a spec is a file");
      }
      if (Files.notExists(path)) {
        throw new Unavailable(
            Words.quote(asked)
                + " does not exist; shipped specs are named without .conf: "
                + names());
      }
      if (!Files.isRegularFile(path)) {
        throw new Unavailable(Words.quote(asked) + " is not a regular file");
      }
      return new SpecText(
          shown,
          path.toRealPath().toString(),
          decode(asked, bytes(asked, path)),
          Optional.of(path));
    } catch (AccessDeniedException e) {
      throw new Unavailable(Words.quote(asked) + " cannot be read: permission denied");
    } catch (IOException e) {
      throw new Unavailable(Words.quote(asked) + " cannot be read: " + reason(e));
    }
  }

  private static byte[] bytes(String asked, Path path) throws IOException, Unavailable {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(SpecLimits.BYTES + 1);
      if (bytes.length > SpecLimits.BYTES) {
        throw new Unavailable(Words.quote(asked) + " is larger than 1 MiB");
      }
      return bytes;
    }
  }

  private static String decode(String asked, byte[] bytes) throws Unavailable {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      if (text.indexOf('\0') < 0) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
      }
    } catch (CharacterCodingException e) {
      // Said below, as for a text with a zero byte.
    }
    throw new Unavailable(Words.quote(asked) + " is binary; a spec is text in UTF-8");
  }

  private static SpecText shipped(String name) throws Unavailable {
    ShippedSpec spec =
        ShippedSpecs.find(name)
            .orElseThrow(
                () ->
                    new Unavailable(
                        Words.unknown("spec", name, ShippedSpecs.names())
                            + ", or a file whose name has a / or ends in .conf"));
    return new SpecText(
        spec.name() + ".conf", "shipped:" + spec.name(), spec.text(), Optional.empty());
  }

  private static Path path(String source) throws Unavailable {
    try {
      return Path.of(source);
    } catch (InvalidPathException e) {
      throw new Unavailable(Words.quote(source) + " cannot name a file: " + e.getReason());
    }
  }

  private static Path folderOf(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? Path.of("/") : parent;
  }

  private static Unavailable outside(String name) {
    return new Unavailable(
        Words.quote(name) + " is outside the folder of the file that includes it");
  }

  private static String names() {
    List<String> names = ShippedSpecs.names();
    return String.join(", ", names);
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return e.getClass().getSimpleName() + (message == null ? "" : " " + message);
  }
}
