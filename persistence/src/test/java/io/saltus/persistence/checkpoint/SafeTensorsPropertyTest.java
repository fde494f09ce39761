package io.saltus.persistence.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.Sha256;
import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.TensorValue.Dtype;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class SafeTensorsPropertyTest {

  /** What a header is made of, to be put together in any order. */
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          " ",
          "\n",
          "\"",
          "\\",
          "\\u0062",
          "\\ud800",
          "\u0000",
          "é",
          "\"dtype\"",
          "\"shape\"",
          "\"data_offsets\"",
          "\"U8\"",
          "\"F64\"",
          "\"BF16\"",
          "\"b\"",
          "\"__metadata__\"",
          "0",
          "1",
          "3",
          "-1",
          "1.0",
          "1e9",
          "2147483647",
          "2147483648",
          "4294967296",
          "4611686018427387904",
          "9223372036854775807",
          "9223372036854775808",
          "18446744073709551615",
          "99999999999999999999999999",
          "true",
          "null",
          "NaN");

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "2",
          "3",
          "8",
          "255",
          "65536",
          "2147483639",
          "2147483640",
          "4294967296",
          "3037000500",
          "4611686018427387904",
          "9223372036854775807",
          "9223372036854775808");

  @Property(tries = 1000)
  void any_state_comes_back_bit_for_bit_and_in_the_order_of_bytes(@ForAll long seed) {
    Random random = new Random(seed);
    List<TensorValue> state = Tensors.random(random);
    byte[] file = Tensors.write(state);
    List<TensorValue> read = Tensors.read(file);
    assertThat(read).containsExactlyInAnyOrderElementsOf(state);
    assertThat(read.stream().map(each -> each.name().getBytes(StandardCharsets.UTF_8)).toList())
        .isSortedAccordingTo(Arrays::compareUnsigned);
    assertThat(Tensors.write(read)).isEqualTo(file);
  }

  @Property(tries = 300)
  void the_order_of_a_state_does_not_show(@ForAll long seed) {
    Random random = new Random(seed);
    List<TensorValue> state = new ArrayList<>(Tensors.random(random));
    byte[] file = Tensors.write(state);
    Collections.shuffle(state, random);
    assertThat(Tensors.write(state)).isEqualTo(file);
    assertThat(CheckpointStore.digest(state)).isEqualTo(Sha256.of(file));
    assertThat(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8).isZero();
  }

  @Property(tries = 300)
  void denormals_infinities_and_the_payloads_of_nans_are_kept(@ForAll @Size(8) List<Integer> bits) {
    ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    bits.forEach(each -> bytes.putInt(each & 0x807fffff).putInt(each | 0x7f800000));
    for (Dtype dtype : List.of(Dtype.F32, Dtype.F64)) {
      long size = bytes.capacity() / dtype.bytes();
      TensorValue tensor = new TensorValue("w", dtype, List.of(size), bytes.array());
      byte[] file = Tensors.write(List.of(tensor));
      assertThat(Tensors.read(file)).containsExactly(tensor);
      assertThat(Arrays.copyOfRange(file, file.length - 64, file.length)).isEqualTo(bytes.array());
    }
  }

  @Property(tries = 2000)
  void random_bytes_are_refused_by_name(@ForAll @Size(max = 64) List<Byte> noise) {
    byte[] bytes = new byte[noise.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = noise.get(i);
    }
    readOrRefuse(bytes);
    readOrRefuse(Tensors.file(bytes, 3));
  }

  @Property(tries = 5000)
  void changed_bytes_are_read_or_refused_by_name(
      @ForAll long seed, @ForAll @Size(min = 1, max = 4) List<Byte> noise) {
    Random random = new Random(seed);
    byte[] file = Tensors.write(Tensors.random(random));
    for (byte value : noise) {
      file[random.nextInt(file.length)] = value;
    }
    readOrRefuse(file);
  }

  @Property(tries = 2000)
  void cut_and_lengthened_files_are_refused(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] file = Tensors.write(Tensors.random(random));
    assertThat(readOrRefuse(Arrays.copyOf(file, random.nextInt(file.length)))).isFalse();
    assertThat(readOrRefuse(Arrays.copyOf(file, file.length + 1 + random.nextInt(9)))).isFalse();
  }

  @Property(tries = 5000)
  void headers_put_together_at_random_are_read_or_refused_by_name(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder header = new StringBuilder("{");
    for (int i = random.nextInt(40); i > 0; i--) {
      header.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    readOrRefuse(Tensors.file(header.toString(), random.nextInt(4)));
  }

  @Property(tries = 5000)
  void well_formed_headers_of_huge_numbers_are_read_or_refused_by_name(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder header = new StringBuilder("{");
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      header.append(
          "\"t%d\":{\"dtype\":\"%s\",\"shape\":[%s,%s],\"data_offsets\":[%s,%s]}%s"
              .formatted(
                  i,
                  Tensors.dtype(random),
                  number(random),
                  number(random),
                  number(random),
                  number(random),
                  i == 1 ? "}" : ","));
    }
    readOrRefuse(Tensors.file(header.toString(), random.nextInt(10)));
  }

  private static String number(Random random) {
    return NUMBERS.get(random.nextInt(NUMBERS.size()));
  }

  /** What is read is no larger than what it was read from, and can be written again. */
  private static boolean readOrRefuse(byte[] file) {
    List<TensorValue> read;
    try {
      read = Tensors.read(file);
    } catch (SafeTensorsException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return false;
    }
    assertThat(read.stream().mapToLong(each -> each.bytes().remaining()).sum())
        .isLessThan(file.length);
    assertThat(Tensors.read(Tensors.write(read))).isEqualTo(read);
    return true;
  }
}
