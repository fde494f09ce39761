package io.saltus.app.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.saltus.experiment.ShortestDecimal;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON object on one line. Numbers are the shortest that read back to the same value of
 * their own kind; what is not finite becomes the strings {@code "NaN"}, {@code "Infinity"} and
 * {@code "-Infinity"}, because JSON has no such numbers.
 */
public final class Json {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator out;

  private Json(JsonGenerator out) {
    this.out = out;
  }

  /** The object that {@code content} fills, without a line end. */
  public static String line(Consumer<Json> content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      new Json(generator).object(content);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  /** A text or null. */
  public Json put(String key, @Nullable String value) {
    return key(key).value(value);
  }

  /** A whole number. */
  public Json put(String key, long value) {
    return key(key).value(value);
  }

  /** A double. */
  public Json put(String key, double value) {
    return key(key).value(value);
  }

  /** A number that is already text, or its text where it is not finite. */
  public Json putNumber(String key, boolean finite, String text) {
    return key(key).number(finite, text);
  }

  /** Yes or no. */
  public Json put(String key, boolean value) {
    return key(key).value(value);
  }

  /** Null. */
  public Json putNull(String key) {
    return key(key).value((String) null);
  }

  /** An object. */
  public Json object(String key, Consumer<Json> content) {
    return key(key).object(content);
  }

  /** An array. */
  public Json array(String key, Consumer<Json> content) {
    return key(key).array(content);
  }

  /** An element of an array: a text or null. */
  public Json add(@Nullable String value) {
    return value(value);
  }

  /** An element of an array: a whole number or null. */
  public Json addOrNull(Optional<Long> value) {
    return value.isPresent() ? value(value.get()) : value((String) null);
  }

  /** An element of an array. */
  public Json add(long value) {
    return value(value);
  }

  /** An element of an array. */
  public Json add(double value) {
    return value(value);
  }

  /** An element of an array that is already text, or its text where it is not finite. */
  public Json addNumber(boolean finite, String text) {
    return number(finite, text);
  }

  /** An element of an array. */
  public Json add(Consumer<Json> content) {
    return object(content);
  }

  /** A value that is JSON already. */
  public Json putRaw(String key, String json) {
    return key(key).raw(json);
  }

  /** An element of an array that is JSON already. */
  public Json addRaw(String json) {
    return raw(json);
  }

  Json key(String key) {
    return write(() -> out.writeFieldName(key));
  }

  Json object(Consumer<Json> content) {
    write(out::writeStartObject);
    content.accept(this);
    return write(out::writeEndObject);
  }

  Json array(Consumer<Json> content) {
    write(out::writeStartArray);
    content.accept(this);
    return write(out::writeEndArray);
  }

  Json value(@Nullable String value) {
    return write(() -> out.writeString(value));
  }

  Json value(long value) {
    return write(() -> out.writeNumber(value));
  }

  Json value(boolean value) {
    return write(() -> out.writeBoolean(value));
  }

  Json value(double value) {
    return number(Double.isFinite(value), ShortestDecimal.of(value));
  }

  Json value(float value) {
    return number(Float.isFinite(value), ShortestDecimal.of(value));
  }

  private Json raw(String json) {
    return write(() -> out.writeRawValue(json));
  }

  private Json number(boolean finite, String text) {
    return finite ? write(() -> out.writeNumber(text)) : value(text);
  }

  private Json write(Action action) {
    try {
      action.run();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return this;
  }

  /** A call of the generator, which declares an exception that a text in memory never throws. */
  private interface Action {
    void run() throws IOException;
  }
}
