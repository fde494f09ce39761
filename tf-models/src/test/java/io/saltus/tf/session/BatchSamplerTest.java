package io.saltus.tf.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.spec.Sampling;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchSamplerTest {

  @Test
  void epochs_show_each_example_once_and_wrap_around_without_a_gap() {
    BatchSampler sampler = new BatchSampler(Sampling.EPOCHS, 1, 10, 4);
    int[] drawn = new int[20];
    for (int step = 1; step <= 5; step++) {
      int[] batch = new int[4];
      sampler.fill(step, batch);
      System.arraycopy(batch, 0, drawn, (step - 1) * 4, 4);
    }
    assertThat(set(drawn, 0, 10)).hasSize(10);
    assertThat(set(drawn, 10, 20)).hasSize(10);
    assertThat(IntStream.of(drawn).limit(10).toArray())
        .isNotEqualTo(IntStream.of(drawn).skip(10).toArray());
  }

  @Test
  void a_batch_larger_than_an_epoch_runs_through_several() {
    BatchSampler sampler = new BatchSampler(Sampling.EPOCHS, 1, 3, 7);
    int[] batch = new int[7];
    sampler.fill(2, batch);
    // Places 7 to 13: the last two of epoch 2, all of epoch 3, the first two of epoch 4.
    assertThat(set(batch, 2, 5)).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void the_whole_batch_is_every_example_in_order() {
    BatchSampler sampler = new BatchSampler(Sampling.FULL_BATCH, 1, 5, 512);
    int[] batch = new int[sampler.batchSize()];
    sampler.fill(9, batch);
    assertThat(batch).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void with_replacement_a_step_is_a_function_of_seed_and_step() {
    int[] first = draw(1, 7);
    assertThat(draw(1, 7)).isEqualTo(first);
    assertThat(draw(1, 8)).isNotEqualTo(first);
    assertThat(draw(2, 7)).isNotEqualTo(first);
    assertThat(IntStream.of(first)).allMatch(index -> index >= 0 && index < 100);
  }

  private static int[] draw(long seed, long step) {
    int[] batch = new int[64];
    new BatchSampler(Sampling.WITH_REPLACEMENT, seed, 100, 64).fill(step, batch);
    return batch;
  }

  private static Set<Integer> set(int[] values, int from, int until) {
    Set<Integer> set = new HashSet<>();
    for (int i = from; i < until; i++) {
      set.add(values[i]);
    }
    return set;
  }
}
