package io.saltus.bench.eyes.wire;

/**
 * What the readers of a stream were told, held against the journal.
 *
 * @param readers how many there were
 * @param events that they were told, together
 * @param lost events that one should have been told and was not
 * @param twice events that one was told again, or out of order
 * @param behind readers that did not come to the end in time
 * @param reopened how often one hung up and went on
 * @param lagging how often one was told that it does not keep up
 * @param refused how often one was not let in
 * @param medianMillis from the time of an event until a reader had it
 * @param millis95 the same, of which 95 % take less
 */
public record Heard(
    int readers,
    long events,
    long lost,
    long twice,
    int behind,
    long reopened,
    long lagging,
    long refused,
    double medianMillis,
    double millis95) {}
