package io.saltus.bench.eyes.ground;

/**
 * How large everything is made.
 *
 * @param rounds of what is measured several times
 * @param runs finished ones in the home that is started on and asked about
 * @param rows finished runs in the table that is scrolled
 * @param metrics of the run whose page is opened
 * @param steps of each of these
 * @param longMetrics of the run of very many points
 * @param longSteps of each of these
 * @param live runs at once
 * @param liveHertz steps a second of each
 * @param liveSeconds that they are looked at
 * @param readers of the stream
 * @param perSecond questions
 * @param loadSeconds of each phase under load and without
 * @param warm the step from which on training is compared
 * @param requests over which memory is looked at
 */
public record Sizes(
    int rounds,
    int runs,
    int rows,
    int metrics,
    int steps,
    int longMetrics,
    int longSteps,
    int live,
    int liveHertz,
    int liveSeconds,
    int readers,
    int perSecond,
    int loadSeconds,
    int warm,
    int requests) {

  /** What is published. */
  public static final Sizes PUBLISHED =
      new Sizes(
          5, 1_000, 10_000, 30, 100_000, 10, 1_000_000, 100, 5, 60, 200, 500, 40, 3_000, 100_000);

  /** To see that everything works; its times say nothing. */
  public static final Sizes SMALL =
      new Sizes(1, 20, 300, 3, 5_000, 2, 10_000, 4, 5, 4, 10, 50, 3, 20, 500);
}
