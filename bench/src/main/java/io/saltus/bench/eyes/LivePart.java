package io.saltus.bench.eyes;

import io.saltus.bench.eyes.ground.Scene;
import io.saltus.bench.eyes.ground.Sizes;
import io.saltus.bench.eyes.live.Durable;
import io.saltus.bench.eyes.live.LiveServer;
import io.saltus.bench.eyes.live.Waits;
import io.saltus.bench.eyes.page.Browsing;
import io.saltus.bench.eyes.page.Visitor;
import io.saltus.bench.ground.Figure;
import io.saltus.bench.ground.LoadAverage;
import io.saltus.bench.scale.ChildProcess;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Many live runs in the table, and one of them on its page, while they go on. */
final class LivePart {

  private static final double MEDIAN = 150;
  private static final int THIRDS = 3;

  /** A lag that grows is more than this in the last third of the time beyond the first. */
  private static final double GROWN = 100;

  private static final long CATCHING_UP_MILLIS = 10_000;
  private static final long POLL_MILLIS = 100;
  private static final long SETTLING_SECONDS = 3;

  private final Scene scene;
  private final Sizes sizes;

  private LivePart(Scene scene) {
    this.scene = scene;
    this.sizes = scene.sizes();
  }

  static void play(Scene scene) throws Exception {
    new LivePart(scene).play();
  }

  private void play() throws Exception {
    Path home = scene.home("live-" + System.nanoTime());
    Path times = Path.of(home + ".times");
    double load = LoadAverage.now();
    try (ChildProcess server =
            ChildProcess.start(
                LiveServer.class,
                home.toString(),
                times.toString(),
                Integer.toString(sizes.live()),
                Integer.toString(sizes.liveHertz()));
        Browsing browsing = Browsing.start();
        Visitor visitor = browsing.visitor()) {
      server.await(LiveServer.PORT);
      String url = "http://127.0.0.1:" + (int) server.said(LiveServer.PORT) + "/";
      server.await(LiveServer.LIVE);
      scene.say(sizes.live() + " live runs, one of them on its page");
      visitor.open(url, "/run/" + LiveServer.run(0));
      visitor.firstPlot();
      List<Visitor.Shown> page = watched(visitor);
      scene.say(sizes.live() + " live runs in the table");
      visitor.page().evaluate("location.hash = '#/runs'");
      visitor.page().locator("tbody tr[aria-rowindex]").first().waitFor();
      List<Visitor.Shown> table = watched(visitor);
      double tasks = visitor.number("saltusSeen.tasks.length");
      server.tell(LiveServer.REST);
      server.await(LiveServer.RESTED);
      Durable durable = Durable.read(times);
      long begin = System.nanoTime();
      long behind = behind(visitor, durable);
      double caughtUp = (System.nanoTime() - begin) / 1e6;
      report(durable, page, table, load);
      say("tasks of the page over 50 ms, in %d s".formatted(sizes.liveSeconds()), tasks, "", load);
      scene
          .out()
          .accept(Figure.none("rows that do not show the last step of their run", behind, load));
      say("from the rest of all runs until all rows said so", caughtUp, "ms", load);
    }
  }

  private List<Visitor.Shown> watched(Visitor visitor) throws InterruptedException {
    // What it takes to get there is no part of it.
    TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
    visitor.follow();
    TimeUnit.SECONDS.sleep(sizes.liveSeconds());
    return visitor.shown();
  }

  /** How many rows do not show the last step of their run, after some patience. */
  private static long behind(Visitor visitor, Durable durable) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CATCHING_UP_MILLIS);
    while (true) {
      Map<String, Long> last = new HashMap<>();
      visitor.shown().forEach(shown -> last.put(shown.run(), shown.step()));
      long behind =
          last.entrySet().stream()
              .filter(row -> durable.of(row.getKey()).lastKey() > row.getValue())
              .count();
      if (behind == 0 || System.nanoTime() > end) {
        return behind;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private void report(
      Durable durable, List<Visitor.Shown> page, List<Visitor.Shown> table, double load) {
    String live = "%d live runs × %d steps/s, ".formatted(sizes.live(), sizes.liveHertz());
    Waits one = Waits.of(durable, page);
    waits(live + "event durable to the page of its run", one, load);
    Waits all = Waits.of(durable, table);
    waits(live + "event durable to its row, or a newer one there", all, load);
    double first = all.medianOfPart(0, THIRDS);
    double last = all.medianOfPart(THIRDS - 1, THIRDS);
    scene
        .out()
        .accept(
            Figure.atMost(
                live + "median in the last third of the time, the first third beside",
                last,
                Math.round(first + GROWN),
                "ms",
                load));
  }

  private void waits(String what, Waits waits, double load) {
    scene
        .out()
        .accept(Figure.none(what + ", shown going back to an earlier step", waits.back(), load));
    scene
        .out()
        .accept(
            Figure.atMost(
                what + ", median of %,d events".formatted(waits.count()),
                waits.quantile(0.5),
                MEDIAN,
                "ms",
                load));
    scene
        .out()
        .accept(
            Figure.said(
                what + ", 95 %",
                waits.quantile(0.95),
                "ms",
                "99 %: " + Figure.number(waits.quantile(0.99)) + " ms",
                load));
  }

  private void say(String what, double measured, String unit, double load) {
    scene.out().accept(Figure.said(what, measured, unit, "", load));
  }
}
