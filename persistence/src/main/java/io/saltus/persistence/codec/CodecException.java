package io.saltus.persistence.codec;

/** Bytes that cannot be read back; the message names the event, the field and what is wrong. */
public final class CodecException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String what;
  private final boolean fromNewer;

  private CodecException(String message, boolean fromNewer) {
    super(message);
    this.what = message;
    this.fromNewer = fromNewer;
  }

  static CodecException damaged(String message) {
    return new CodecException(message, false);
  }

  static CodecException newer(String message) {
    return new CodecException(message, true);
  }

  /** The message. */
  public String what() {
    return what;
  }

  /**
   * Whether the bytes look like those of a newer version (an unknown name, a newer format, an
   * unknown field or enum number) rather than damaged.
   */
  public boolean fromNewer() {
    return fromNewer;
  }
}
