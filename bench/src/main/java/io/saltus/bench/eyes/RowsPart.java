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
import java.nio.file.Path;

/** The table of very many finished runs. */
final class RowsPart {

  private static final double FRAMES = 50;
  private static final double SCROLLED = 120;
  private static final int SECONDS = 6;

  private RowsPart() {}

  static void play(Scene scene) throws Exception {
    int rows = scene.sizes().rows();
    int rounds = scene.sizes().rounds();
    Path home = scene.home("rows");
    scene.say("filling a home with %,d finished runs".formatted(rows));
    Homes.finished(home, rows);
    double load = LoadAverage.now();
    String what = "table of %,d runs, ".formatted(rows);
    double[] first = new double[rounds];
    double[] all = new double[rounds];
    try (Browsing browsing = Browsing.start();
        ServerProcess server = ServerProcess.start(home)) {
      server.awaitAnswer("/api/v1/runs");
      for (int round = 0; round < rounds; round++) {
        try (Visitor visitor = browsing.visitor()) {
          visitor.open(server.url(), "/runs");
          visitor.page().locator("tbody tr[aria-rowindex]").first().waitFor();
          first[round] = visitor.number("performance.now()");
          visitor.page().locator("table[aria-rowcount='" + (rows + 1) + "']").waitFor();
          all[round] = visitor.number("performance.now()");
        }
      }
      say(scene, what + "page to its first rows, median of " + rounds, Median.of(first), load);
      say(scene, what + "page to all rows, median of " + rounds, Median.of(all), load);
      try (Visitor visitor = browsing.visitor()) {
        visitor.open(server.url(), "/runs");
        visitor.page().locator("table[aria-rowcount='" + (rows + 1) + "']").waitFor();
        scroll(scene, visitor, what);
        filter(scene, visitor, what, rows);
      }
    }
  }

  private static void say(Scene scene, String what, double millis, double load) {
    scene.out().accept(Figure.said(what, millis, "ms", "", load));
  }

  private static void scroll(Scene scene, Visitor visitor, String what) {
    double load = LoadAverage.now();
    Page page = visitor.page();
    page.locator(".virtual").hover();
    int seconds = scene.sizes().rounds() > 1 ? SECONDS : 1;
    Visitor.Frames frames =
        visitor.framesDuring(
            () -> {
              long begin = System.nanoTime();
              double time = 0;
              while (time < seconds) {
                time = (System.nanoTime() - begin) / 1e9;
                page.mouse().wheel(0, SCROLLED);
              }
            });
    double top = visitor.number("document.querySelector('.virtual').scrollTop");
    scene
        .out()
        .accept(Figure.atLeast(what + "scrolling", frames.perSecond(), FRAMES, "frames/s", load));
    scene
        .out()
        .accept(
            Figure.said(
                what + "longest between two frames",
                frames.longest(),
                "ms",
                "%.0f rows a second passed; tasks over 50 ms: %d"
                    .formatted(top / 40 / seconds, frames.tasks()),
                load));
  }

  private static void filter(Scene scene, Visitor visitor, String what, int rows) {
    double load = LoadAverage.now();
    Page page = visitor.page();
    page.locator("#where").click();
    page.keyboard().type("seed>=" + (rows - 10));
    double typed = visitor.number("performance.now()");
    page.locator("table[aria-rowcount='11']").waitFor();
    scene
        .out()
        .accept(
            Figure.said(
                what + "from the last letter of a filter to its rows",
                visitor.number("performance.now()") - typed,
                "ms",
                "350 ms of it are waited for more letters",
                load));
  }
}
