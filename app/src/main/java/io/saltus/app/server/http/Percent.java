package io.saltus.app.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Percent-encoded text, RFC 3986, read strictly: once, and as UTF-8. */
public final class Percent {

  private static final int HEX = 16;

  private Percent() {}

  /**
   * The text that was encoded.
   *
   * @param form whether a plus stands for a space, as in the queries of forms
   * @return empty where a sign is not encoded as it must be, or the bytes are no UTF-8
   */
  public static Optional<String> decode(String encoded, boolean form) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char each = encoded.charAt(i);
      if (each == '%') {
        int high = i + 2 < encoded.length() ? digit(encoded.charAt(i + 1)) : -1;
        int low = high < 0 ? -1 : digit(encoded.charAt(i + 2));
        if (low < 0) {
          return Optional.empty();
        }
        bytes.write(high * HEX + low);
        i += 2;
      } else if (each > ' ' && each < 0x7f) {
        bytes.write(form && each == '+' ? ' ' : each);
      } else {
        return Optional.empty();
      }
    }
    return text(bytes.toByteArray());
  }

  private static int digit(char each) {
    return each < 0x80 ? Character.digit(each, HEX) : -1;
  }

  private static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
