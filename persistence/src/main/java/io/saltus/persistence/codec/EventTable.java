package io.saltus.persistence.codec;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The events of one protocol: for each its name, its message, and how the two become each other.
 */
final class EventTable<E> {

  /** Turns an event into its message, or refuses what could not be read back. */
  interface Writing<T, M> {
    M write(At at, T event);
  }

  /** Turns a message into its event, or refuses it. */
  interface Reading<M, T> {
    T read(At at, M wire);
  }

  private record Entry<T, M extends Message>(
      Class<T> type, Writing<T, M> writing, Parser<M> parser, Reading<M, T> reading) {

    byte[] encode(Object event) {
      return writing.write(At.event(type.getSimpleName()), type.cast(event)).toByteArray();
    }

    T decode(ByteBuffer bytes) {
      At at = At.event(type.getSimpleName());
      M wire = parse(at, bytes);
      at.known(wire);
      return reading.read(at, wire);
    }

    private M parse(At at, ByteBuffer bytes) {
      try {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        M wire = parser.parseFrom(in);
        in.checkLastTagWas(0);
        return wire;
      } catch (IOException e) {
        throw CodecException.damaged(at + " is damaged: " + e.getMessage());
      }
    }
  }

  private final Map<Class<?>, Entry<? extends E, ?>> byType = new LinkedHashMap<>();
  private final Map<String, Entry<? extends E, ?>> byName = new LinkedHashMap<>();

  <T extends E, M extends Message> EventTable<E> add(
      Class<T> type, Writing<T, M> writing, Parser<M> parser, Reading<M, T> reading) {
    Entry<T, M> entry = new Entry<>(type, writing, parser, reading);
    byType.put(type, entry);
    byName.put(type.getSimpleName(), entry);
    return this;
  }

  byte[] encode(Object event) {
    Entry<? extends E, ?> entry = byType.get(event.getClass());
    if (entry == null) {
      throw new IllegalArgumentException("no codec for a " + event.getClass().getName());
    }
    return entry.encode(event);
  }

  E decode(String name, ByteBuffer bytes) {
    Entry<? extends E, ?> entry = byName.get(name);
    if (entry == null) {
      throw CodecException.newer(
          "unknown event " + name + "; it was written by a newer Saltus, or is damaged");
    }
    return entry.decode(bytes);
  }
}
