package io.saltus.persistence.rocks;

import io.saltus.persistence.read.Bytes;
import io.saltus.persistence.read.SerializedValue;
import io.saltus.persistence.read.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;

/** Events whose payload is a text. */
final class Events {

  static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123Z");

  private Events() {}

  static SerializedValue text(String text) {
    return new SerializedValue(7, "text", Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  static NewEvent event(long sequence, String text) {
    return NewEvent.of(sequence, NOON, text(text));
  }

  /** Events with the texts {@code name-sequence}. */
  static List<NewEvent> events(String name, long from, long until) {
    return LongStream.rangeClosed(from, until).mapToObj(i -> event(i, name + "-" + i)).toList();
  }

  static String text(StoredEvent event) {
    return new String(event.bytes().toArray(), StandardCharsets.UTF_8);
  }

  static List<String> texts(Iterator<StoredEvent> events) {
    List<String> texts = new ArrayList<>();
    events.forEachRemaining(event -> texts.add(text(event)));
    return texts;
  }

  static List<Long> offsets(Iterator<StoredEvent> events) {
    List<Long> offsets = new ArrayList<>();
    events.forEachRemaining(event -> offsets.add(event.offset()));
    return offsets;
  }
}
