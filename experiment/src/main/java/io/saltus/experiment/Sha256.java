package io.saltus.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A SHA-256 digest.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Sha256(String hex) implements Comparable<Sha256> {

  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");
  private static final int BUFFER_BYTES = 1 << 16;

  /**
   * @throws IllegalArgumentException when {@code hex} is not 64 lower-case hexadecimal digits
   */
  public Sha256 {
    if (!SHAPE.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "a SHA-256 is 64 lower-case hex digits, not '" + hex + "'");
    }
  }

  /** The digest of {@code bytes}. */
  public static Sha256 of(byte[] bytes) {
    return finish(digest(), bytes);
  }

  /**
   * The digest of a file's content, read as a stream.
   *
   * @throws IOException when the file cannot be read to its end
   */
  public static Sha256 ofFile(Path file) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return from(digest);
  }

  /** A fresh digest, to be fed and then given to {@link #from}. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }

  /** Completes {@code digest}. */
  public static Sha256 from(MessageDigest digest) {
    return new Sha256(HexFormat.of().formatHex(digest.digest()));
  }

  /** The 32 bytes of this digest. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  @Override
  public int compareTo(Sha256 other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }

  private static Sha256 finish(MessageDigest digest, byte[] last) {
    digest.update(last);
    return from(digest);
  }
}
