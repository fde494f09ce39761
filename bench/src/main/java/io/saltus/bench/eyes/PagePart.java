package io.saltus.bench.eyes;

import com.microsoft.playwright.Page;
import io.saltus.bench.eyes.ground.Homes;
import io.saltus.bench.eyes.ground.Scene;
import io.saltus.bench.eyes.ground.ServerProcess;
import io.saltus.bench.eyes.page.Browsing;
import io.saltus.bench.eyes.page.Visitor;
import io.saltus.bench.ground.Figure;
import io.saltus.bench.ground.LoadAverage;
import io.saltus.bench.ground.Median;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** The page of a run with many metrics, and of one with very many points. */
final class PagePart {

  private static final String RUN = "watched";
  private static final double FIRST_PLOT = 1_500;
  private static final double OVERVIEW = 1_000;
  private static final double ZOOM = 200;
  private static final double FRAMES = 50;
  private static final double WEIGHT = 150;
  private static final int PANNING_SECONDS = 6;

  private final Scene scene;
  private final Browsing browsing;
  private final int rounds;

  private PagePart(Scene scene, Browsing browsing) {
    this.scene = scene;
    this.browsing = browsing;
    this.rounds = scene.sizes().rounds();
  }

  static void play(Scene scene) throws Exception {
    try (Browsing browsing = Browsing.start()) {
      PagePart part = new PagePart(scene, browsing);
      part.many(scene.sizes().metrics(), scene.sizes().steps());
      part.tenMillion(scene.sizes().longMetrics(), scene.sizes().longSteps());
    }
  }

  private Path home(String name, int metrics, int steps) {
    Path home = scene.home(name);
    if (!Files.exists(home)) {
      scene.say("writing a run of %d metrics × %,d steps".formatted(metrics, steps));
      Homes.series(home, RUN, metrics, steps);
    }
    return home;
  }

  private void many(int metrics, int steps) throws Exception {
    try (ServerProcess server = ServerProcess.start(home("many", metrics, steps))) {
      server.awaitAnswer("/api/v1/runs");
      String what = "page of a run with %d metrics × %,d steps, ".formatted(metrics, steps);
      double load = LoadAverage.now();
      double[] plots = times(opened(server), Visitor.FirstPlot::sinceNavigation);
      report(
          Figure.atMost(
              what + "first plot, median of " + rounds,
              Median.of(tail(plots)),
              FIRST_PLOT,
              "ms",
              load));
      report(
          Figure.said(
              what + "first plot of the first visitor of a server", plots[0], "ms", "", load));
      moved(server, what);
      report(
          Figure.atMost("all files of that page, compressed", weight(server), WEIGHT, "kB", load));
    }
  }

  private void tenMillion(int metrics, int steps) throws Exception {
    try (ServerProcess server = ServerProcess.start(home("long", metrics, steps))) {
      server.awaitAnswer("/api/v1/runs");
      String what = "run of %d metrics × %,d steps, ".formatted(metrics, steps);
      double load = LoadAverage.now();
      List<Visitor.FirstPlot> opened = opened(server);
      double[] plots = times(opened, Visitor.FirstPlot::sinceNavigation);
      report(
          Figure.atMost(
              what + "page to its first plot, median of " + rounds,
              Median.of(tail(plots)),
              OVERVIEW,
              "ms",
              load));
      double[] asked = times(opened, Visitor.FirstPlot::sinceAsked);
      report(
          Figure.said(
              what + "of it, from asking for the overview",
              Median.of(tail(asked)),
              "ms",
              "of the first visitor of a server, all: " + Figure.number(plots[0]) + " ms",
              load));
      zoomed(server, what);
      moved(server, what);
    }
  }

  /** One more than the rounds: what the first visitor waits for is something else. */
  private List<Visitor.FirstPlot> opened(ServerProcess server) {
    List<Visitor.FirstPlot> all = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      try (Visitor visitor = browsing.visitor()) {
        visitor.open(server.url(), "/run/" + RUN);
        all.add(visitor.firstPlot());
      }
    }
    return all;
  }

  private static double[] times(
      List<Visitor.FirstPlot> plots, ToDoubleFunction<Visitor.FirstPlot> of) {
    return plots.stream().mapToDouble(of).toArray();
  }

  private static double[] tail(double[] all) {
    return Arrays.copyOfRange(all, 1, all.length);
  }

  private void zoomed(ServerProcess server, String what) {
    double load = LoadAverage.now();
    double[] asked = new double[rounds];
    double[] released = new double[rounds];
    try (Visitor visitor = browsing.visitor()) {
      visitor.open(server.url(), "/run/" + RUN);
      visitor.firstPlot();
      for (int round = 0; round < rounds; round++) {
        double from = 0.1 + 0.15 * round;
        Visitor.Zoom zoom = visitor.timedZoom(from, from + 0.05);
        asked[round] = zoom.fromAsked();
        released[round] = zoom.fromReleased();
        visitor.zoomOut();
        visitor.page().waitForURL(url -> !url.contains("from="));
      }
    }
    report(
        Figure.atMost(
            what + "zoom, from asking until drawn, median of " + rounds,
            Median.of(asked),
            ZOOM,
            "ms",
            load));
    report(
        Figure.said(
            what + "zoom, from the release of the mouse",
            Median.of(released),
            "ms",
            "180 ms of it are waited, in case the mouse goes on",
            load));
  }

  private void moved(ServerProcess server, String what) {
    double load = LoadAverage.now();
    try (Visitor visitor = browsing.visitor()) {
      visitor.open(server.url(), "/run/" + RUN);
      visitor.firstPlot();
      visitor.timedZoom(0.4, 0.6);
      int seconds = scene.sizes().rounds() > 1 ? PANNING_SECONDS : 1;
      Visitor.Frames frames = visitor.framesDuring(() -> visitor.pan(seconds));
      report(Figure.atLeast(what + "panning", frames.perSecond(), FRAMES, "frames/s", load));
      report(
          Figure.said(
              what + "panning, frames that moved lines",
              frames.drawnPerSecond(),
              "/s",
              "longest between two frames: %s ms; tasks over 50 ms: %d"
                  .formatted(Figure.number(frames.longest()), frames.tasks()),
              load));
    }
  }

  private double weight(ServerProcess server) {
    try (Visitor visitor = browsing.visitor()) {
      Page page = visitor.page();
      Map<String, Integer> sizes = new ConcurrentHashMap<>();
      page.onResponse(
          response -> {
            if (!response.url().contains("/api/")) {
              sizes.put(response.url(), response.request().sizes().responseBodySize);
            }
          });
      visitor.open(server.url(), "/runs");
      page.locator("tbody tr").first().waitFor();
      page.evaluate("view => { location.hash = '#' + view; }", "/run/" + RUN);
      visitor.firstPlot();
      return sizes.values().stream().mapToInt(Integer::intValue).sum() / 1000.0;
    }
  }

  private void report(Figure figure) {
    scene.out().accept(figure);
  }
}
