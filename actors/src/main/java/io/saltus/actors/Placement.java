package io.saltus.actors;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which waiting runs get which free devices: higher priority first, within it the experiment that
 * holds fewest, within that who came first. Nobody starves: who has been passed by {@value
 * #PATIENCE} times moves up by one priority, and a run that needs more devices than are free keeps
 * those of its kind from whoever stands behind it.
 */
final class Placement {

  private static final int PATIENCE = 8;

  /** How often each run that is not at rest has seen another one go first, or gave way to one. */
  private final Map<RunId, Integer> passed = new HashMap<>();

  /**
   * What a run needs.
   *
   * @param priority higher goes first
   * @param named the device it names; empty: any of its kind
   * @param kind of device
   * @param count how many devices at once, at least 1
   * @param tooSmall devices of its kind that have too little memory for it
   */
  record Wish(
      RunId run,
      String experiment,
      int priority,
      Optional<DeviceId> named,
      String kind,
      int count,
      Set<DeviceId> tooSmall) {

    /** For which every device of its kind is large enough. */
    Wish(
        RunId run,
        String experiment,
        int priority,
        Optional<DeviceId> named,
        String kind,
        int count) {
      this(run, experiment, priority, named, kind, count, Set.of());
    }
  }

  /** Devices for a run. */
  record Grant(RunId run, List<DeviceId> devices) {}

  /**
   * Runs between which nothing but their arrival decides: of them only the first can be next.
   *
   * @param priority with what waiting has added to it
   */
  record Peers(
      int priority,
      String experiment,
      Optional<DeviceId> named,
      String kind,
      int count,
      Set<DeviceId> tooSmall) {

    /** How many devices each of them needs. */
    int wanted() {
      return named.isPresent() ? 1 : count;
    }

    boolean suits(DeviceId device) {
      return device.kind().equals(kind)
          && !tooSmall.contains(device)
          && (named.isEmpty() || named.get().equals(device));
    }
  }

  /**
   * A run and its place among all that wait.
   *
   * @param among those that it is equal to
   */
  record Candidate(Wish wish, int place, Peers among) {}

  /**
   * Takes time that grows with the runs that wait, and for each grant with the kinds of them.
   *
   * @param waiting in the order in which they came
   * @param free in the order in which they are taken
   * @param held how many devices each experiment holds
   */
  List<Grant> grants(List<Wish> waiting, List<DeviceId> free, Map<String, Integer> held) {
    Map<Peers, Deque<Candidate>> left = peers(waiting);
    List<DeviceId> devices = new ArrayList<>(free);
    Map<String, Integer> holding = new HashMap<>(held);
    SortedMap<Integer, Grant> grants = new TreeMap<>();
    List<Grant> inTurn = new ArrayList<>();
    left.keySet().removeIf(peers -> cannotBegin(peers, devices));
    while (!left.isEmpty() && !devices.isEmpty()) {
      Candidate next =
          left.values().stream().map(Deque::getFirst).min(order(holding)).orElseThrow();
      List<DeviceId> taken = suitable(next.among(), devices);
      if (taken.size() == next.among().wanted()) {
        devices.removeAll(taken);
        Grant grant = new Grant(next.wish().run(), taken);
        grants.put(next.place(), grant);
        inTurn.add(grant);
        holding.merge(next.wish().experiment(), taken.size(), Integer::sum);
        Objects.requireNonNull(left.get(next.among())).removeFirst();
        left.entrySet()
            .removeIf(each -> each.getValue().isEmpty() || cannotBegin(each.getKey(), devices));
      } else {
        left.keySet().removeIf(peers -> peers.kind().equals(next.wish().kind()));
      }
    }
    count(waiting, grants);
    return List.copyOf(inTurn);
  }

  /** A run has come to rest; until then what waiting has added to it stays with it. */
  void forget(RunId run) {
    passed.remove(run);
  }

  /** A run gave way: another one goes first. */
  void gaveWay(RunId run) {
    passed.merge(run, 1, Integer::sum);
  }

  /** The priority of a run with what waiting has added to it, or had before it began. */
  int priority(Wish wish) {
    return wish.priority() + passed.getOrDefault(wish.run(), 0) / PATIENCE;
  }

  /** Those that wait, by what decides between them, each in the order in which they came. */
  Map<Peers, Deque<Candidate>> peers(List<Wish> waiting) {
    Map<Peers, Deque<Candidate>> peers = new LinkedHashMap<>();
    for (int place = 0; place < waiting.size(); place++) {
      Wish wish = waiting.get(place);
      Peers among =
          new Peers(
              priority(wish),
              wish.experiment(),
              wish.named(),
              wish.kind(),
              wish.count(),
              wish.tooSmall());
      peers
          .computeIfAbsent(among, unseen -> new ArrayDeque<>())
          .add(new Candidate(wish, place, among));
    }
    return peers;
  }

  /**
   * Who is next.
   *
   * @param holding how many devices each experiment holds
   */
  static Comparator<Candidate> order(Map<String, Integer> holding) {
    return Comparator.comparingInt((Candidate waiting) -> -waiting.among().priority())
        .thenComparingInt(waiting -> holding.getOrDefault(waiting.wish().experiment(), 0))
        .thenComparingInt(Candidate::place);
  }

  /**
   * They name a device that is not free, or there is none of its kind: they keep nobody waiting.
   */
  private static boolean cannotBegin(Peers wishes, List<DeviceId> free) {
    return suitable(wishes, free).isEmpty();
  }

  private static List<DeviceId> suitable(Peers wishes, List<DeviceId> free) {
    return free.stream().filter(wishes::suits).limit(wishes.wanted()).toList();
  }

  /** Whoever came before one that was granted has been passed by. */
  private void count(List<Wish> waiting, SortedMap<Integer, Grant> granted) {
    int last = granted.isEmpty() ? 0 : granted.lastKey();
    for (int place = 0; place < last; place++) {
      if (!granted.containsKey(place)) {
        passed.merge(waiting.get(place).run(), 1, Integer::sum);
      }
    }
  }
}
