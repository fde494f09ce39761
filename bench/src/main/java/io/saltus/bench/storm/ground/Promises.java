package io.saltus.bench.storm.ground;

import io.saltus.bench.storm.child.Fact;
import io.saltus.bench.storm.child.Line.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What a child has said is durable, and how far it has come. Safe for use by many threads. */
public final class Promises {

  private final List<Fact> facts = new ArrayList<>();
  private final Set<Phase> phases = EnumSet.noneOf(Phase.class);
  private boolean ended;

  synchronized void add(Fact fact) {
    facts.add(fact);
    notifyAll();
  }

  synchronized void reach(Phase phase) {
    phases.add(phase);
    notifyAll();
  }

  synchronized void end() {
    ended = true;
    notifyAll();
  }

  synchronized boolean await(Predicate<Promises> promised, Duration longest)
      throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (!promised.test(this)) {
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (ended || millis <= 0) {
        return promised.test(this);
      }
      wait(millis);
    }
    return true;
  }

  /** The acknowledged events, in order. */
  public synchronized List<Fact> facts() {
    return List.copyOf(facts);
  }

  /** Whether the child has come so far. */
  public synchronized boolean reached(Phase phase) {
    return phases.contains(phase);
  }

  /** Whether an event of a type was acknowledged. */
  public synchronized boolean has(String type) {
    return facts.stream().anyMatch(fact -> fact.type().equals(type));
  }

  /** The last acknowledged step; -1 when there is none. */
  public synchronized long step() {
    return facts.stream().mapToLong(Fact::step).max().orElse(-1);
  }

  /** In a word, for a report. */
  public synchronized String summary() {
    return facts.isEmpty()
        ? "nothing acknowledged"
        : facts.size() + " events acknowledged, to step " + step();
  }
}
