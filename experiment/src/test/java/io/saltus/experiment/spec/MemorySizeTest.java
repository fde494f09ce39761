package io.saltus.experiment.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemorySizeTest {

  @ParameterizedTest
  @CsvSource({
    "1 MiB, 1048576",
    "1MiB, 1048576",
    "1.5 GiB, 1610612736",
    "2 GB, 2000000000",
    "1048576 B, 1048576",
    "1048576.1 B, 1048577",
    "1024 TiB, 1125899906842624",
  })
  void sizes_are_read_in_binary_and_in_decimal_units(String text, long bytes) {
    assertThat(MemorySize.parse(text)).contains(bytes);
  }

  @ParameterizedTest
  @CsvSource({"1 KiB", "1025 TiB", "-1 GiB", "1 gib", "GiB", "1e9 B", "1 GiB or so", "''"})
  void what_is_no_size_is_none(String text) {
    assertThat(MemorySize.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1048576", "1048577", "3221225472", "2000000000", "1125899906842624"})
  void what_is_written_reads_back_to_the_same_size(long bytes) {
    assertThat(MemorySize.parse(MemorySize.text(bytes))).contains(bytes);
  }

  @Test
  void for_people_sizes_are_rounded_up() {
    assertThat(MemorySize.rounded(0)).isEqualTo("0 B");
    assertThat(MemorySize.rounded(1000)).isEqualTo("1000 B");
    assertThat(MemorySize.rounded((1 << 20) + 1)).isEqualTo("1.1 MiB");
    assertThat(MemorySize.rounded(1L << 30)).isEqualTo("1 GiB");
    assertThat(MemorySize.rounded((200L << 20) + 1)).isEqualTo("201 MiB");
  }
}
