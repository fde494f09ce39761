package io.saltus.persistence.read;

/**
 * An object as a serializer left it.
 *
 * @param serializerId the serializer's own number
 * @param manifest what the serializer needs to know about the type, may be empty
 * @param bytes the serialized object
 */
public record SerializedValue(int serializerId, String manifest, Bytes bytes) {

  /** What stands in place of a value that was emptied. */
  public static final SerializedValue NONE = new SerializedValue(0, "", Bytes.EMPTY);
}
