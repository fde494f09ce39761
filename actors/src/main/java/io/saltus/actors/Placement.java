package io.saltus.actors;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which waiting runs get which free devices: higher priority first, within it the experiment that
 * holds fewest, within that who came first. Nobody starves: who has been passed by {@value
 * #PATIENCE} times moves up by one priority, and a run that needs more devices than are free keeps
 * those of its kind from whoever stands behind it.
 */
final class Placement {

  private static final int PATIENCE = 8;

  /** How often each waiting run has seen another one go first. */
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
   * @param waiting in the order in which they came
   * @param free in the order in which they are taken
   * @param held how many devices each experiment holds
   */
  List<Grant> grants(List<Wish> waiting, List<DeviceId> free, Map<String, Integer> held) {
    Map<RunId, Integer> places = new HashMap<>();
    waiting.forEach(wish -> places.put(wish.run(), places.size()));
    passed.keySet().retainAll(places.keySet());
    List<Wish> left = new ArrayList<>(waiting);
    List<DeviceId> devices = new ArrayList<>(free);
    Map<String, Integer> holding = new HashMap<>(held);
    Map<RunId, Grant> grants = new LinkedHashMap<>();
    left.removeIf(wish -> cannotBegin(wish, devices));
    while (!left.isEmpty() && !devices.isEmpty()) {
      Wish next = left.stream().min(order(holding, places)).orElseThrow();
      List<DeviceId> taken = suitable(next, devices);
      if (taken.size() == wanted(next)) {
        devices.removeAll(taken);
        grants.put(next.run(), new Grant(next.run(), taken));
        holding.merge(next.experiment(), taken.size(), Integer::sum);
        left.removeIf(wish -> wish.equals(next) || cannotBegin(wish, devices));
      } else {
        left.removeIf(wish -> wish.kind().equals(next.kind()));
      }
    }
    count(waiting, grants.keySet());
    return List.copyOf(grants.values());
  }

  private Comparator<Wish> order(Map<String, Integer> holding, Map<RunId, Integer> places) {
    return Comparator.comparingInt((Wish wish) -> -(wish.priority() + age(wish)))
        .thenComparingInt(wish -> holding.getOrDefault(wish.experiment(), 0))
        .thenComparingInt(wish -> places.getOrDefault(wish.run(), 0));
  }

  private int age(Wish wish) {
    return passed.getOrDefault(wish.run(), 0) / PATIENCE;
  }

  /** It names a device that is not free, or there is none of its kind: it keeps nobody waiting. */
  private static boolean cannotBegin(Wish wish, List<DeviceId> free) {
    return suitable(wish, free).isEmpty();
  }

  private static List<DeviceId> suitable(Wish wish, List<DeviceId> free) {
    return free.stream()
        .filter(device -> device.kind().equals(wish.kind()))
        .filter(device -> !wish.tooSmall().contains(device))
        .filter(device -> wish.named().isEmpty() || wish.named().get().equals(device))
        .limit(wanted(wish))
        .toList();
  }

  private static int wanted(Wish wish) {
    return wish.named().isPresent() ? 1 : wish.count();
  }

  /** Whoever came before one that was granted has been passed by. */
  private void count(List<Wish> waiting, Set<RunId> granted) {
    boolean later = false;
    for (int i = waiting.size() - 1; i >= 0; i--) {
      RunId run = waiting.get(i).run();
      if (granted.contains(run)) {
        later = true;
      } else if (later) {
        passed.merge(run, 1, Integer::sum);
      }
    }
  }
}
