package io.saltus.bench.eyes.live;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** When the steps of runs became durable, in milliseconds since 1970. */
public final class Durable {

  private final Map<String, NavigableMap<Long, Double>> runs;

  private Durable(Map<String, NavigableMap<Long, Double>> runs) {
    this.runs = runs;
  }

  /** Reads what {@link LiveServer} wrote. */
  public static Durable read(Path file) throws IOException {
    Map<String, NavigableMap<Long, Double>> runs = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] parts = line.split(" ", 3);
      runs.computeIfAbsent(parts[0], unseen -> new TreeMap<>())
          .put(Long.valueOf(parts[1]), Double.valueOf(parts[2]));
    }
    return new Durable(runs);
  }

  static void write(BufferedWriter out, String run, long step, double millis) throws IOException {
    out.write(run + " " + step + " " + millis + "\n");
  }

  /** The steps of a run, each with its time; empty of one that recorded nothing. */
  public NavigableMap<Long, Double> of(String run) {
    return runs.getOrDefault(run, new TreeMap<>());
  }
}
