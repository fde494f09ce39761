package io.saltus.bench.storm.strike;

/**
 * A round that held.
 *
 * @param when the strike fell
 * @param survived what did
 */
public record Outcome(String when, String survived) {}
