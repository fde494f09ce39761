package io.saltus.bench.storm.strike;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All kinds of misfortune, in the order of the fault table. */
public final class Strikes {

  private static final List<Strike> ALL = all();
  private static final List<Strike> LIES =
      Stream.of("journal", "checkpoints", "directories")
          .<Strike>map(PowerCut::withoutSync)
          .toList();

  private Strikes() {}

  private static List<Strike> all() {
    List<Strike> all = new ArrayList<>();
    for (Kill.Aim aim : Kill.Aim.values()) {
      all.add(new Kill(aim));
    }
    all.add(PowerCut.once());
    all.add(PowerCut.twice());
    all.add(new Signalled("TERM"));
    all.add(new Signalled("HUP"));
    all.add(new Stopped());
    all.add(new FullDisk());
    all.add(new TornLog());
    for (FlippedBit.Place place : FlippedBit.Place.values()) {
      all.add(new FlippedBit(place));
    }
    all.add(new LostCheckpoints(false));
    all.add(new LostCheckpoints(true));
    all.add(new WrongClock());
    all.add(new SmallHeap());
    all.add(new TwoProcesses());
    all.add(new ReadOnlyHome());
    return List.copyOf(all);
  }

  /** Those that must hold. */
  public static List<Strike> standing() {
    return ALL;
  }

  /**
   * One by its name; those of a disk that lies, which must not hold, are {@code no-sync-journal},
   * {@code no-sync-checkpoints} and {@code no-sync-directories}.
   */
  public static Optional<Strike> named(String name) {
    return Stream.concat(ALL.stream(), LIES.stream())
        .filter(strike -> strike.name().equals(name))
        .findFirst();
  }
}
