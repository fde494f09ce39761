package io.saltus.actors;

import io.saltus.actors.Placement.Candidate;
import io.saltus.actors.Placement.Peers;
import io.saltus.actors.Placement.Wish;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which runs at work give way to which that wait. A run gives way only to one whose declared
 * priority is higher than the priority that it holds its devices with: its own, and what waiting
 * had added to it. Those of the lowest go first, among them who began last, and only as many as the
 * one that waits needs beside what is free or about to be. Where even that would not do, or another
 * that waits would take the devices first, nobody does.
 *
 * <p>Goes through those that wait once, in the order in which {@link Placement} would let them
 * begin, and decides nothing by itself: what is free later is given away as ever.
 */
final class Preemption {

  /** Goes first, then the next one. */
  private static final Comparator<Holder> LEAST_LOST =
      Comparator.comparingInt(Holder::priority)
          .thenComparing(Holder::fence, Comparator.reverseOrder());

  private final Room room;
  private final List<DeviceId> open;
  private final List<Holder> victims;
  private final Map<String, Integer> holding;

  /** Of those that wait and cannot be served: what is free goes to them first. */
  private final List<Peers> unserved = new ArrayList<>();

  private final List<RunId> begun = new ArrayList<>();
  private final Set<RunId> gone = new HashSet<>();

  /**
   * A run at work that can be asked to give way.
   *
   * @param priority that it holds its devices with
   * @param fence grows with each lease
   */
  record Holder(RunId run, int priority, long fence, List<DeviceId> devices) {}

  /** Those that give way to a run that waits, in the order in which they were chosen. */
  record Claim(Wish wish, List<Holder> victims) {}

  /** Whether memory and disk let runs begin. */
  interface Room {

    /**
     * Whether all of them can begin.
     *
     * @param begun one after the other
     * @param gone at work now, and at rest by then
     */
    boolean allows(List<RunId> begun, Set<RunId> gone);
  }

  /** Who was chosen, if that would do. */
  private record Choice(List<Holder> victims, List<DeviceId> devices, boolean enough) {}

  private Preemption(
      Room room, List<DeviceId> open, List<Holder> victims, Map<String, Integer> held) {
    this.room = room;
    this.open = new ArrayList<>(open);
    this.victims = new ArrayList<>(victims);
    this.victims.sort(LEAST_LOST);
    this.holding = new HashMap<>(held);
  }

  /**
   * @param waiting in the order in which they came
   * @param open devices that are free, or that their runs are about to leave
   * @param atWork those that can be asked
   * @param held how many devices each experiment holds
   */
  static List<Claim> claims(
      Placement placement,
      List<Wish> waiting,
      List<DeviceId> open,
      List<Holder> atWork,
      Map<String, Integer> held,
      Room room) {
    return new Preemption(room, open, atWork, held).claims(placement.peers(waiting));
  }

  private List<Claim> claims(Map<Peers, Deque<Candidate>> left) {
    List<Claim> claims = new ArrayList<>();
    while (!left.isEmpty() && !victims.isEmpty()) {
      Candidate next =
          left.values().stream().map(Deque::getFirst).min(Placement.order(holding)).orElseThrow();
      if (next.among().priority() <= victims.get(0).priority()) {
        break;
      }
      Choice choice = choose(next);
      if (choice.devices().size() < next.among().wanted()) {
        left.remove(next.among());
        unserved.add(next.among());
      } else if (!choice.enough()) {
        // What is left of memory and disk is kept for it from whoever stands behind it.
        break;
      } else {
        serve(next, choice);
        if (!choice.victims().isEmpty()) {
          claims.add(new Claim(next.wish(), choice.victims()));
        }
        Deque<Candidate> peers = Objects.requireNonNull(left.get(next.among()));
        peers.removeFirst();
        if (peers.isEmpty()) {
          left.remove(next.among());
        }
      }
    }
    return claims;
  }

  private void serve(Candidate next, Choice choice) {
    choice
        .victims()
        .forEach(
            victim -> {
              victims.remove(victim);
              gone.add(victim.run());
              open.addAll(victim.devices());
            });
    List<DeviceId> taken = choice.devices().subList(0, next.among().wanted());
    open.removeAll(taken);
    begun.add(next.wish().run());
    holding.merge(next.wish().experiment(), taken.size(), Integer::sum);
  }

  /** As few as suffice; where none do, all that could be asked. */
  private Choice choose(Candidate next) {
    List<Holder> chosen = new ArrayList<>();
    Choice choice = with(next, chosen);
    for (Holder victim : victims) {
      if (choice.enough()) {
        break;
      }
      if (victim.priority() < next.wish().priority()
          && !usable(next.among(), victim.devices()).isEmpty()) {
        chosen.add(victim);
        choice = with(next, chosen);
      }
    }
    return choice.enough() ? withoutNeedless(next, choice) : choice;
  }

  /** One that holds more may make another needless that was chosen before it. */
  private Choice withoutNeedless(Candidate next, Choice choice) {
    Choice least = choice;
    for (int place = choice.victims().size() - 2; place >= 0; place--) {
      List<Holder> fewer = new ArrayList<>(least.victims());
      fewer.remove(choice.victims().get(place));
      Choice other = with(next, fewer);
      least = other.enough() ? other : least;
    }
    return least;
  }

  private Choice with(Candidate next, List<Holder> chosen) {
    List<DeviceId> devices = new ArrayList<>(usable(next.among(), open));
    Set<RunId> leaving = new HashSet<>(gone);
    for (Holder victim : chosen) {
      devices.addAll(usable(next.among(), victim.devices()));
      leaving.add(victim.run());
    }
    List<RunId> begin = new ArrayList<>(begun);
    begin.add(next.wish().run());
    boolean enough = devices.size() >= next.among().wanted() && room.allows(begin, leaving);
    return new Choice(List.copyOf(chosen), devices, enough);
  }

  /** What suits them and nobody before them. */
  private List<DeviceId> usable(Peers peers, List<DeviceId> devices) {
    return devices.stream()
        .filter(peers::suits)
        .filter(device -> unserved.stream().noneMatch(before -> before.suits(device)))
        .toList();
  }
}
