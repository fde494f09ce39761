package io.saltus.tf.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.spec.Numerics;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AcrossProcessesTest {

  @Test
  void another_process_gives_the_same_bits_and_says_nothing() throws Exception {
    ChildProcess.Result child = ChildProcess.run(Plans.NUMERICS, Map.of());
    ChildProcess.Result here = ChildProcess.compute(Plans.NUMERICS);
    assertThat(child.canary()).isEqualTo(here.canary());
    assertThat(child.metrics()).isEqualTo(here.metrics());
    assertThat(child.state()).isEqualTo(here.state());
    assertThat(child.errors()).isEmpty();
  }

  @Test
  void another_instruction_set_changes_the_canary_and_is_stable_itself() throws Exception {
    ChildProcess.Result sse =
        ChildProcess.run(Plans.NUMERICS, Map.of("ONEDNN_MAX_CPU_ISA", "SSE41"));
    ChildProcess.Result avx2 = ChildProcess.run(new Numerics(1, Numerics.Isa.AVX2), Map.of());
    ChildProcess.Result avx2Again =
        ChildProcess.run(Plans.NUMERICS, Map.of("ONEDNN_MAX_CPU_ISA", "AVX2"));
    assertThat(avx2.canary()).isNotEqualTo(sse.canary());
    assertThat(avx2.state()).isNotEqualTo(sse.state());
    assertThat(avx2).isEqualTo(avx2Again);
  }

  @Test
  void two_threads_are_bit_stable_too() throws Exception {
    Numerics two = new Numerics(2, Numerics.Isa.NATIVE);
    assertThat(ChildProcess.run(two, Map.of())).isEqualTo(ChildProcess.run(two, Map.of()));
  }
}
