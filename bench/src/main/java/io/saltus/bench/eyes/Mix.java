package io.saltus.bench.eyes;

import io.saltus.bench.eyes.wire.Ask;
import java.util.List;

/** What pages and scripts ask a server, in turn. */
final class Mix {

  private static final String SERIES = "application/vnd.saltus.series";

  private Mix() {}

  /**
   * The questions.
   *
   * @param run about which most are
   * @param metrics two of its metrics
   * @param other a run at rest
   */
  static List<Ask> of(String run, List<String> metrics, String other) {
    String path = "/api/v1/runs/" + run;
    String series =
        path + "/metrics?points=1000&metric=" + metrics.get(0) + "&metric=" + metrics.get(1);
    return List.of(
        Ask.get("/api/v1/runs?limit=50").zipped(),
        Ask.get(path).zipped(),
        Ask.get(series).as(SERIES).zipped(),
        Ask.get(path + "/events?order=desc&limit=50").zipped(),
        Ask.head(path),
        Ask.get("/api/v1/runs?where=status:running&limit=10"),
        Ask.get("/api/v1/runs/" + other),
        Ask.get("/api/v1"),
        Ask.head("/api/v1/runs?limit=10"),
        Ask.get("/health/ready"));
  }
}
