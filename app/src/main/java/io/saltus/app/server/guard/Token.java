package io.saltus.app.server.guard;

import io.saltus.experiment.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * A token that is known, by its digest: who reads the file of tokens cannot use them.
 *
 * @param access what it allows
 * @param digest of its text
 * @param label for people
 */
public record Token(Access access, Sha256 digest, String label) {

  private static final int BYTES = 32;

  /** A new secret: 256 random bits as text that needs no encoding anywhere. */
  public static String newSecret(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The token of a secret. */
  public static Token of(Access access, String secret, String label) {
    return new Token(access, digestOf(secret), label);
  }

  static Sha256 digestOf(String secret) {
    return Sha256.of(secret.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a digest is its own; takes the same time whether or not it is. */
  boolean is(Sha256 given) {
    return MessageDigest.isEqual(
        digest.hex().getBytes(StandardCharsets.US_ASCII),
        given.hex().getBytes(StandardCharsets.US_ASCII));
  }

  /** Its line in a file of tokens. */
  public String line() {
    return access.word() + " " + digest.hex() + " " + label;
  }
}
