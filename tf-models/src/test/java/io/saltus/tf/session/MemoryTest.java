package io.saltus.tf.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class MemoryTest {

  private static final long GROWTH_ALLOWED_BYTES = 32L << 20;
  private static final long PAGE_BYTES = 4096;

  @Test
  void twenty_thousand_steps_leave_memory_flat() throws IOException {
    try (TensorFlowSession session = TensorFlowSession.open(Plans.small(1))) {
      Plans.run(session, 4_000, 24_000);
      long before = residentBytes();
      for (int last = 5_000; last <= 24_000; last += 1_000) {
        Plans.run(session, last, 24_000);
      }
      assertThat(residentBytes() - before).isLessThan(GROWTH_ALLOWED_BYTES);
    }
  }

  @Test
  void sessions_that_come_and_go_leave_memory_flat() throws IOException {
    for (int i = 0; i < 10; i++) {
      openAndClose();
    }
    long before = residentBytes();
    for (int i = 0; i < 40; i++) {
      openAndClose();
    }
    assertThat(residentBytes() - before).isLessThan(GROWTH_ALLOWED_BYTES);
  }

  private static void openAndClose() {
    try (TensorFlowSession session = TensorFlowSession.open(Plans.small(1))) {
      Plans.run(session, 3);
    }
  }

  /** Resident memory after a collection, so that only the native side can grow. */
  private static long residentBytes() throws IOException {
    System.gc();
    return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ", -1)[1])
        * PAGE_BYTES;
  }
}
