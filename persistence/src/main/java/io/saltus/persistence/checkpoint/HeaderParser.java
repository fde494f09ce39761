package io.saltus.persistence.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.saltus.experiment.session.TensorValue.Dtype;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of a header. The bytes are decoded here, strictly: left to itself the JSON library
 * would guess the encoding and let malformed UTF-8 pass. Names are not put into its shared table.
 */
final class HeaderParser {

  static final String METADATA = "__metadata__";

  /** TensorFlow has no more. */
  static final int MOST_DIMENSIONS = 254;

  private static final int DEEPEST = 3;
  private static final int LONGEST_NUMBER = 20;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxNameLength(SafeTensorsHeader.MOST_BYTES)
                  .maxStringLength(SafeTensorsHeader.MOST_BYTES)
                  .build())
          .build();

  private final JsonParser json;
  private final Set<String> names = new HashSet<>();
  private final List<TensorEntry> tensors = new ArrayList<>();

  private HeaderParser(JsonParser json) {
    this.json = json;
  }

  /** The tensors in the order in which the header names them. */
  static List<TensorEntry> parse(byte[] header) {
    if (header.length == 0 || header[0] != '{') {
      throw new SafeTensorsException("the header does not begin with '{' at byte 8");
    }
    InputStreamReader text =
        new InputStreamReader(
            new ByteArrayInputStream(header),
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    try (JsonParser json = FACTORY.createParser(text)) {
      return new HeaderParser(json).header();
    } catch (CharacterCodingException e) {
      throw new SafeTensorsException("the header is not UTF-8", e);
    } catch (JsonProcessingException e) {
      throw new SafeTensorsException(
          "the header is not JSON that Saltus reads: %s (near character %d)"
              .formatted(
                  e.getOriginalMessage(),
                  e.getLocation() == null ? 0 : e.getLocation().getCharOffset()),
          e);
    } catch (IOException e) {
      throw new SafeTensorsException("the header cannot be read: " + e.getMessage(), e);
    }
  }

  private List<TensorEntry> header() throws IOException {
    expect(JsonToken.START_OBJECT, "the header");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (!names.add(name)) {
        throw new SafeTensorsException(
            "two tensors have the name '%s'".formatted(TensorEntry.shown(name)));
      }
      if (name.equals(METADATA)) {
        metadata();
      } else {
        tensors.add(tensor(wellFormed(name)));
      }
    }
    if (json.nextToken() != null) {
      throw refused("something follows the header's JSON");
    }
    return tensors;
  }

  /** Texts by name, which the published layout allows and Saltus has no use for. */
  private void metadata() throws IOException {
    expect(JsonToken.START_OBJECT, METADATA);
    Set<String> keys = new HashSet<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      if (!keys.add(json.currentName())) {
        throw refused(
            "%s has '%s' twice".formatted(METADATA, TensorEntry.shown(json.currentName())));
      }
      expect(JsonToken.VALUE_STRING, METADATA);
    }
  }

  private TensorEntry tensor(String name) throws IOException {
    String place = "tensor '" + TensorEntry.shown(name) + "'";
    Dtype dtype = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    expect(JsonToken.START_OBJECT, place);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      switch (key) {
        case "dtype" -> {
          refuseTwice(dtype, place, key);
          dtype = dtype(place);
        }
        case "shape" -> {
          refuseTwice(shape, place, key);
          shape = numbers(place + ": shape", MOST_DIMENSIONS);
        }
        case "data_offsets" -> {
          refuseTwice(offsets, place, key);
          offsets = numbers(place + ": data_offsets", 2);
        }
        default -> throw refused("%s: unknown key '%s'".formatted(place, TensorEntry.shown(key)));
      }
    }
    if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
      throw refused("%s lacks its dtype, its shape or its two data_offsets".formatted(place));
    }
    return TensorEntry.checked(name, dtype, shape, offsets.get(0), offsets.get(1));
  }

  private Dtype dtype(String place) throws IOException {
    expect(JsonToken.VALUE_STRING, place + ": dtype");
    String text = json.getText();
    return Arrays.stream(Dtype.values())
        .filter(dtype -> dtype.name().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                refused(
                    "%s has the dtype '%s'; Saltus reads %s"
                        .formatted(
                            place, TensorEntry.shown(text), Arrays.toString(Dtype.values()))));
  }

  private List<Long> numbers(String place, int most) throws IOException {
    expect(JsonToken.START_ARRAY, place);
    List<Long> numbers = new ArrayList<>(2);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || json.getText().startsWith("-")) {
        throw refused("%s holds something else than whole numbers from 0".formatted(place));
      }
      if (numbers.size() == most) {
        throw refused("%s has more than %d numbers".formatted(place, most));
      }
      numbers.add(json.getLongValue());
    }
    return numbers;
  }

  private void refuseTwice(@Nullable Object value, String place, String key) {
    if (value != null) {
      throw refused("%s has its %s twice".formatted(place, key));
    }
  }

  /** An escape can name half of a pair, which no UTF-8 can hold. */
  private String wellFormed(String name) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
      throw refused("a tensor's name holds half of a surrogate pair");
    }
    return name;
  }

  private void expect(JsonToken due, String place) throws IOException {
    JsonToken found = json.nextToken();
    if (found != due) {
      throw refused("%s: %s where %s is due".formatted(place, found, due));
    }
  }

  private SafeTensorsException refused(String what) {
    return new SafeTensorsException(
        "%s (near character %d of the header)"
            .formatted(what, json.currentTokenLocation().getCharOffset()));
  }
}
