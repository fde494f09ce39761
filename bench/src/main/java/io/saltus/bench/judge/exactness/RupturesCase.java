package io.saltus.bench.judge.exactness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A signal and what the exact solver of ruptures 1.1 found in it, squared errors. */
@SuppressWarnings("ArrayRecordComponent") // read in place, compared by nobody
record RupturesCase(
    double penalty,
    List<Integer> changePoints,
    double cost,
    double penalisedCost,
    double[] signal) {

  private static final String FILE = "/ruptures/optimal-l2.tsv";

  static List<RupturesCase> all() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(RupturesCase.class.getResourceAsStream(FILE), FILE),
                StandardCharsets.UTF_8))) {
      return reader.lines().map(RupturesCase::read).toList();
    }
  }

  private static RupturesCase read(String line) {
    String[] fields = line.split("\t", -1);
    return new RupturesCase(
        Double.parseDouble(fields[1]),
        fields[2].isEmpty()
            ? List.of()
            : Arrays.stream(fields[2].split(",", -1)).map(Integer::valueOf).toList(),
        Double.parseDouble(fields[3]),
        Double.parseDouble(fields[4]),
        Arrays.stream(fields[5].split(",", -1)).mapToDouble(Double::parseDouble).toArray());
  }
}
