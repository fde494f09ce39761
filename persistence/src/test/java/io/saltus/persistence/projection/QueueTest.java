package io.saltus.persistence.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.RunId;
import io.saltus.persistence.projection.SupervisorState.Standing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QueueTest {

  @Test
  void it_holds_what_a_linked_map_holds_in_the_same_order_and_leaves_earlier_ones_alone() {
    SplittableRandom random = new SplittableRandom(1);
    Map<RunId, Standing> expected = new LinkedHashMap<>();
    Queue queue = Queue.copyOf(Map.of());
    List<Queue> earlier = new ArrayList<>();
    List<Map<RunId, Standing>> then = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      RunId run = new RunId("r" + random.nextInt(200));
      if (random.nextInt(3) == 0) {
        expected.remove(run);
        queue = queue.without(run);
      } else {
        Standing standing = List.of(Standing.values()).get(random.nextInt(3));
        expected.put(run, standing);
        queue = queue.with(run, standing);
      }
      assertThat(queue).isEqualTo(expected).hasSize(expected.size());
      if (i % 100 == 0) {
        earlier.add(queue);
        then.add(new LinkedHashMap<>(expected));
      }
    }
    assertThat(queue.entrySet()).containsExactlyElementsOf(expected.entrySet());
    for (int i = 0; i < earlier.size(); i++) {
      assertThat(earlier.get(i).entrySet()).containsExactlyElementsOf(then.get(i).entrySet());
    }
  }

  @Test
  void a_persistent_map_is_in_the_order_of_its_keys_and_stays_shallow() {
    PersistentMap<Long, Integer> map = PersistentMap.empty();
    Map<Long, Integer> expected = new TreeMap<>();
    for (int i = 0; i < 100_000; i++) {
      map = map.with((long) i, i);
      expected.put((long) i, i);
    }
    for (long i = 0; i < 100_000; i += 3) {
      map = map.without(i);
      expected.remove(i);
    }

    assertThat(map).isEqualTo(expected);
    assertThat(map.keySet()).containsExactlyElementsOf(expected.keySet());
  }
}
