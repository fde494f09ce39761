package io.saltus.app.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.saltus.app.json.Json;
import io.saltus.app.json.RecordJson;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent.RunAnnotated;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * People's words about a run, on their way to the process that holds the home.
 *
 * @param run about which
 * @param annotation the words
 */
public record AnnotationMessage(RunId run, RunAnnotated annotation) {

  /** The name of the request. */
  public static final String NAME = "annotate";

  private static final JsonFactory FACTORY = new JsonFactory();

  /** The body of the request. */
  public String body() {
    return Json.line(
        json -> {
          json.put("run", run.value());
          json.object("annotation", object -> RecordJson.fill(object, annotation));
        });
  }

  /**
   * Reads the body of a request.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public static AnnotationMessage read(String body) {
    try (JsonParser parser = FACTORY.createParser(body)) {
      Draft draft = new Draft();
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = key(parser);
        if (key.equals("run")) {
          draft.run = Optional.of(new RunId(parser.getText()));
        } else if (key.equals("annotation")) {
          draft.annotation(parser);
        } else {
          parser.skipChildren();
        }
      }
      return draft.message();
    } catch (IOException e) {
      throw new IllegalArgumentException("this is no annotation: " + e.getMessage(), e);
    }
  }

  /** The name of the field that the parser stands on, moved on to its value. */
  private static String key(JsonParser parser) throws IOException {
    String key = parser.currentName();
    if (key == null || parser.nextToken() == null) {
      throw new IllegalArgumentException("this is no annotation: it ends too early");
    }
    return key;
  }

  /** What has been read so far. */
  private static final class Draft {
    private Optional<RunId> run = Optional.empty();
    private SortedMap<String, String> tags = new TreeMap<>();
    private List<String> untagged = new ArrayList<>();
    private Optional<String> note = Optional.empty();
    private Optional<String> group = Optional.empty();
    private Optional<String> displayName = Optional.empty();
    private Optional<Boolean> archived = Optional.empty();

    void annotation(JsonParser parser) throws IOException {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        field(key(parser), parser);
      }
    }

    private void field(String key, JsonParser parser) throws IOException {
      switch (key) {
        case "tags" -> tags = texts(parser);
        case "untagged" -> untagged = list(parser);
        case "note" -> note = text(parser);
        case "group" -> group = text(parser);
        case "displayName" -> displayName = text(parser);
        case "archived" ->
            archived =
                parser.currentToken() == JsonToken.VALUE_NULL
                    ? Optional.empty()
                    : Optional.of(parser.getBooleanValue());
        default -> throw new IllegalArgumentException("an annotation has no " + key);
      }
    }

    AnnotationMessage message() {
      return new AnnotationMessage(
          run.orElseThrow(() -> new IllegalArgumentException("an annotation names no run")),
          new RunAnnotated(tags, untagged, note, group, displayName, archived));
    }

    private static Optional<String> text(JsonParser parser) throws IOException {
      return Optional.ofNullable(parser.getValueAsString());
    }

    private static SortedMap<String, String> texts(JsonParser parser) throws IOException {
      SortedMap<String, String> texts = new TreeMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        texts.put(key(parser), parser.getText());
      }
      return texts;
    }

    private static List<String> list(JsonParser parser) throws IOException {
      List<String> list = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        list.add(parser.getText());
      }
      return list;
    }
  }
}
