package io.saltus.actors;

import io.saltus.experiment.RunId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Runs that rest in the journal only until there is room for them, and who waits for their end. */
final class ParkedRuns {

  private final Map<RunId, Parked> parked = new LinkedHashMap<>();

  /** An order and how its run rests meanwhile. */
  private record Parked(Order order, Settlement settlement) {}

  void add(Order order, Settlement settlement) {
    parked.put(order.run(), new Parked(order, settlement));
  }

  boolean contains(RunId run) {
    return parked.containsKey(run);
  }

  /** Gives them back, in the order in which they came to rest. */
  List<Order> takeAll() {
    List<Order> orders = parked.values().stream().map(Parked::order).toList();
    parked.clear();
    return orders;
  }

  /** One has come to rest otherwise: it was cancelled or deleted. */
  void settle(Settlement settlement, Executor executor) {
    Parked gone = parked.remove(settlement.run());
    if (gone != null) {
      executor.execute(() -> gone.order().settled().complete(settlement));
    }
  }

  /** To wait for the end of one. */
  Optional<RunHandle> handle(RunId run) {
    return Optional.ofNullable(parked.get(run))
        .map(each -> new RunHandle(run, each.order().settled()));
  }

  /** One does not go on by itself any more; whether there was such a one. */
  boolean settle(RunId run, Executor executor) {
    Parked gone = parked.remove(run);
    if (gone != null) {
      executor.execute(() -> gone.order().settled().complete(gone.settlement()));
    }
    return gone != null;
  }

  /** None of them goes on by itself any more. */
  void settleAll(Executor executor) {
    List<Parked> all = List.copyOf(parked.values());
    parked.clear();
    all.forEach(each -> executor.execute(() -> each.order().settled().complete(each.settlement())));
  }
}
