package io.saltus.persistence.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FramesTest {

  @Test
  void a_frame_is_magic_length_checksum_and_payload_in_little_endian() throws IOException {
    // CRC-32C of "123456789" is E3069283.
    assertThat(HexFormat.of().formatHex(framed("123456789".getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo("534c5457" + "09000000" + "839206e3" + "313233343536373839");
  }

  @Test
  void frames_are_read_back_one_by_one_up_to_the_end_of_the_stream() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FrameWriter writer = new FrameWriter(out);
    writer.write(new byte[] {1, 2});
    writer.write(new byte[0]);
    FrameReader reader = new FrameReader(new ByteArrayInputStream(out.toByteArray()));
    assertThat(reader.read()).hasValue(new byte[] {1, 2});
    assertThat(reader.read()).hasValue(new byte[0]);
    assertThat(reader.read()).isEmpty();
  }

  @Test
  void what_something_else_wrote_is_refused_by_its_magic() {
    assertThatThrownBy(
            () -> read("# A fatal error has been detected".getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("something else was written");
  }

  @Test
  void a_length_beyond_the_limit_is_refused_before_room_is_taken() throws IOException {
    for (int high : new int[] {0x10, 0x7f, 0xff}) {
      byte[] bytes = framed(new byte[1]);
      bytes[7] = (byte) high;
      assertThatThrownBy(() -> read(bytes))
          .isInstanceOf(WireException.class)
          .hasMessageContaining("at most " + FrameWriter.MAX_BYTES);
    }
  }

  @Test
  void a_payload_beyond_the_limit_is_not_written() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThatThrownBy(() -> new FrameWriter(out).write(new byte[FrameWriter.MAX_BYTES + 1]))
        .isInstanceOf(WireException.class);
    assertThat(out.size()).isZero();
  }

  @Test
  void every_truncation_is_refused_but_that_between_frames() throws IOException {
    byte[] bytes = framed(new byte[] {1, 2, 3});
    for (int length = 1; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(cut))
          .isInstanceOf(WireException.class)
          .hasMessageContaining("the stream ends in a frame");
    }
  }

  @Test
  void every_flipped_bit_is_refused() throws IOException {
    byte[] bytes = framed(new byte[] {1, 2, 3});
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatThrownBy(() -> read(flipped)).as("bit %s", bit).isInstanceOf(WireException.class);
    }
  }

  @Test
  void random_bytes_are_refused_by_name_and_never_break_the_reader() {
    Random random = new Random(20260101);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(64)];
      random.nextBytes(bytes);
      assertThatThrownBy(() -> read(bytes)).isInstanceOf(WireException.class);
    }
  }

  private static byte[] framed(byte[] payload) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new FrameWriter(out).write(payload);
    return out.toByteArray();
  }

  private static Optional<byte[]> read(byte[] bytes) throws IOException {
    return new FrameReader(new ByteArrayInputStream(bytes)).read();
  }
}
