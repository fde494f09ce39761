package io.saltus.app.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.saltus.app.json.Json;
import io.saltus.app.json.Utf8;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The object in the body of a request: maps, lists, texts, {@link BigDecimal}s, {@link Boolean}s
 * and nulls. Depth, lengths and count are bounded; a name that stands twice is refused.
 */
public final class JsonBody {

  private static final int DEEPEST = 16;
  private static final int LONGEST_NUMBER = 100;

  /** What a body may be. */
  public enum Form {
    /** JSON as it is defined, with at most 10,000 values. */
    PLAIN(10_000, false),
    /**
     * Series: at most 100,000 values; {@code NaN}, {@code Infinity} and {@code -Infinity} without
     * quotes, as Python writes them, are these words.
     */
    SERIES(100_000, true);

    private final int mostValues;
    private final boolean words;

    Form(int mostValues, boolean words) {
      this.mostValues = mostValues;
      this.words = words;
    }
  }

  private static final JsonFactory PLAIN = factory(false);
  private static final JsonFactory WITH_WORDS = factory(true);

  private final Form form;
  private int values;

  private JsonBody(Form form) {
    this.form = form;
  }

  /**
   * Reads it.
   *
   * @throws HttpProblem when it is none, or too large in what it holds
   */
  public static Map<String, @Nullable Object> read(Request.Bytes body) {
    return read(body, Form.PLAIN);
  }

  /** As the other one does, of a form. */
  public static Map<String, @Nullable Object> read(Request.Bytes body, Form form) {
    if (body.array().length == 0) {
      return Collections.emptyMap();
    }
    JsonFactory factory = form.words ? WITH_WORDS : PLAIN;
    try (JsonParser parser = factory.createParser(utf8(body.array()))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw bad("it is no object");
      }
      Map<String, @Nullable Object> object = new JsonBody(form).object(parser);
      if (parser.nextToken() != null) {
        throw bad("something follows the object");
      }
      return object;
    } catch (CharacterCodingException e) {
      throw bad("it is no UTF-8");
    } catch (IOException e) {
      String says = String.valueOf(e.getMessage());
      throw bad(says.lines().findFirst().orElse(says));
    }
  }

  /**
   * @param words whether numbers that are not finite may stand without quotes
   */
  private static JsonFactory factory(boolean words) {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .configure(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS, words)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST)
                .maxNumberLength(LONGEST_NUMBER)
                .build())
        .build();
  }

  private static String utf8(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = whole(parser.currentName());
      parser.nextToken();
      object.put(name, value(parser));
    }
    return object;
  }

  private @Nullable Object value(JsonParser parser) throws IOException {
    if (++values > form.mostValues) {
      throw bad("it has more than " + form.mostValues + " values");
    }
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw bad("it ends too early");
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> whole(parser.getText());
      case VALUE_NUMBER_INT -> parser.getDecimalValue();
      case VALUE_NUMBER_FLOAT -> parser.isNaN() ? parser.getText() : parser.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw bad("it ends too early");
    };
  }

  private static String whole(String text) {
    if (!Utf8.holds(text)) {
      throw bad("a text in it holds half of a surrogate pair");
    }
    return text;
  }

  private List<@Nullable Object> array(JsonParser parser) throws IOException {
    List<@Nullable Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser));
    }
    return array;
  }

  private static HttpProblem bad(String why) {
    return HttpProblem.of(
        400, "bad-body", "The body is not what it must be", "the body is no JSON object: " + why);
  }

  /** A value of a body as JSON again, every text in quotes. */
  public static String text(@Nullable Object value) {
    if (value instanceof Map<?, ?> || value instanceof List<?> || value instanceof String) {
      String wrapped = Json.line(json -> write(json, "v", value));
      return wrapped.substring("{\"v\":".length(), wrapped.length() - 1);
    }
    return String.valueOf(value);
  }

  private static void write(Json json, String key, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      json.object(
          key, object -> map.forEach((name, each) -> write(object, String.valueOf(name), each)));
    } else if (value instanceof List<?> list) {
      json.array(key, array -> list.forEach(each -> array.addRaw(text(each))));
    } else if (value instanceof String word) {
      json.put(key, word);
    } else {
      json.putRaw(key, String.valueOf(value));
    }
  }
}
