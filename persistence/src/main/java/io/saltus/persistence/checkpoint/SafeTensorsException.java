package io.saltus.persistence.checkpoint;

import org.jspecify.annotations.Nullable;

/** Bytes that are not safetensors, or hold what Saltus does not read; the message says where. */
public final class SafeTensorsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SafeTensorsException(String message) {
    this(message, null);
  }

  SafeTensorsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
