package io.saltus.bench.judge.tcpd;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads a directory of the Turing Change Point Dataset: {@code annotations.json}, which holds for
 * each series and annotator the positions they marked, and below the directory one file {@code
 * NAME.json} for each series.
 */
final class TcpdDirectory {

  private static final String ANNOTATIONS = "annotations.json";
  private static final JsonFactory JSON = new JsonFactory();

  private TcpdDirectory() {}

  /**
   * All series of a directory that somebody has marked, by name.
   *
   * @throws IOException when a file cannot be read or is not of that format
   */
  static List<AnnotatedSeries> read(Path directory) throws IOException {
    Path marks = directory.resolve(ANNOTATIONS);
    if (!Files.isRegularFile(marks)) {
      throw new IOException(directory + " holds no " + ANNOTATIONS);
    }
    Map<String, SortedMap<String, List<Integer>>> annotations = annotations(marks);
    List<AnnotatedSeries> series = new ArrayList<>();
    for (Path file : files(directory)) {
      String name = file.getFileName().toString().replaceFirst("\\.json$", "");
      SortedMap<String, List<Integer>> marked = annotations.get(name);
      if (marked != null && !marked.isEmpty()) {
        series.add(series(file, name, marked));
      }
    }
    return series;
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(file -> file.toString().endsWith(".json"))
          .filter(file -> !file.getFileName().toString().equals(ANNOTATIONS))
          .sorted((a, b) -> a.getFileName().compareTo(b.getFileName()))
          .toList();
    }
  }

  private static Map<String, SortedMap<String, List<Integer>>> annotations(Path file)
      throws IOException {
    Map<String, SortedMap<String, List<Integer>>> all = new TreeMap<>();
    try (JsonParser json = JSON.createParser(file.toFile())) {
      expect(json, json.nextToken(), JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String series = json.currentName();
        SortedMap<String, List<Integer>> marked = new TreeMap<>();
        expect(json, json.nextToken(), JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String annotator = json.currentName();
          List<Integer> positions = new ArrayList<>();
          expect(json, json.nextToken(), JsonToken.START_ARRAY);
          while (json.nextToken() != JsonToken.END_ARRAY) {
            positions.add(json.getIntValue());
          }
          marked.put(annotator, positions);
        }
        all.put(series, marked);
      }
    }
    return all;
  }

  private static AnnotatedSeries series(
      Path file, String name, SortedMap<String, List<Integer>> marked) throws IOException {
    int dimensions = 0;
    double[] values = {};
    try (JsonParser json = JSON.createParser(file.toFile())) {
      expect(json, json.nextToken(), JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean isSeries = json.currentName().equals("series");
        json.nextToken();
        if (!isSeries) {
          json.skipChildren();
          continue;
        }
        expect(json, json.currentToken(), JsonToken.START_ARRAY);
        while (json.nextToken() == JsonToken.START_OBJECT) {
          dimensions++;
          values = column(json);
        }
      }
    }
    if (dimensions == 0) {
      throw new IOException(file + " holds no series");
    }
    return new AnnotatedSeries(name, dimensions, values, marked);
  }

  private static double[] column(JsonParser json) throws IOException {
    List<Double> values = new ArrayList<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean isRaw = json.currentName().equals("raw");
      json.nextToken();
      if (!isRaw) {
        json.skipChildren();
        continue;
      }
      while (json.nextToken() != JsonToken.END_ARRAY) {
        values.add(value(json));
      }
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Missing values are null, or NaN as a text. */
  private static double value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NULL -> Double.NaN;
      case VALUE_STRING -> Double.parseDouble(json.getText());
      default -> json.getDoubleValue();
    };
  }

  private static void expect(JsonParser json, JsonToken found, JsonToken expected)
      throws IOException {
    if (found != expected) {
      throw new IOException(
          "%s is %s where %s is expected".formatted(json.currentLocation(), found, expected));
    }
  }
}
