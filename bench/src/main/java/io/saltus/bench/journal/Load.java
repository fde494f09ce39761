package io.saltus.bench.journal;

/**
 * What is written.
 *
 * @param writers persistent actors, each with one event under way at a time
 * @param events of each writer
 * @param bytes of each event
 */
record Load(int writers, int events, int bytes) {

  long totalEvents() {
    return (long) writers * events;
  }

  double totalMegabytes() {
    return totalEvents() * (double) bytes / 1e6;
  }

  String text() {
    return (bytes >= 1000 ? bytes / 1000 + " kB" : bytes + " B")
        + ", "
        + (writers == 1 ? "one writer" : writers + " writers");
  }
}
