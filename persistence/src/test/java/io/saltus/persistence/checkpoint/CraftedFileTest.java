package io.saltus.persistence.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.TensorValue.Dtype;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are made to break the reader, each with the one defect that it is named for. */
class CraftedFileTest {

  private static final String B = "'b':{'dtype':'U8','shape':[3],'data_offsets':[0,3]}";

  private static byte[] crafted(String header, int dataBytes) {
    return Tensors.file(header.replace('\'', '"'), dataBytes);
  }

  private static void assertRefused(byte[] file, String message) {
    assertThatExceptionOfType(SafeTensorsException.class)
        .isThrownBy(() -> Tensors.read(file))
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "no bytes                || the file has 0 bytes",
        "7 bytes                 | 00000000000000 | the file has 7 bytes",
        "no header               | 0000000000000000 | does not begin with '{' at byte 8",
        "beyond the file         | 0300000000000000 7b7d | by its length at byte 0",
        "negative                | ffffffffffffffff 7b7d | 18446744073709551615 bytes",
        "beyond an array         | 00000080ffffffff 7b7d | by its length at byte 0",
      })
  void a_bad_length_of_the_header_is_refused(String defect, String hex, String message) {
    assertRefused(Tensors.hex(hex == null ? "" : hex.replace(" ", "")), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                                     | JSON",
        "{}x                                                   | JSON",
        "{}{}                                                  | something follows",
        "[]                                                    | does not begin with '{'",
        "` {}`                                                 | does not begin with '{'",
        "{'b':1}                                               | tensor 'b'",
        "{'b':{}}                                              | tensor 'b' lacks",
        "{'b':{'dtype':'U8','shape':[3]}}                      | tensor 'b' lacks",
        "{'b':{'dtype':'U8','shape':[3],'data_offsets':[0]}}   | tensor 'b' lacks",
        "{'b':{'dtype':'U8','shape':[3],'data_offsets':[0,1,3]}} | data_offsets has more than 2",
        "{'b':{'dtype':'BF16','shape':[3],'data_offsets':[0,3]}} | tensor 'b' has the dtype 'BF16'",
        "{'b':{'dtype':'u8','shape':[3],'data_offsets':[0,3]}} | tensor 'b' has the dtype 'u8'",
        "{'b':{'dtype':8,'shape':[3],'data_offsets':[0,3]}}    | tensor 'b': dtype",
        "{'b':{'dtype':'U8','shape':3,'data_offsets':[0,3]}}   | tensor 'b': shape",
        "{'b':{'dtype':'U8','shape':[[3]],'data_offsets':[0,3]}} | JSON",
        "{'b':{'dtype':'U8','shape':[3.0],'data_offsets':[0,3]}} | whole numbers",
        "{'b':{'dtype':'U8','shape':[3e0],'data_offsets':[0,3]}} | whole numbers",
        "{'b':{'dtype':'U8','shape':['3'],'data_offsets':[0,3]}} | whole numbers",
        "{'b':{'dtype':'U8','shape':[-3],'data_offsets':[0,3]}} | whole numbers",
        "{'b':{'dtype':'U8','shape':[-0,3],'data_offsets':[0,3]}} | whole numbers",
        "{'b':{'dtype':'U8','shape':[03],'data_offsets':[0,3]}} | JSON",
        "{'b':{'dtype':'U8','shape':[NaN],'data_offsets':[0,3]}} | JSON",
        "{'b':{'dtype':'U8','shape':[9223372036854775808],'data_offsets':[0,3]}} | JSON",
        "{'b':{'dtype':'U8','shape':[3],'data_offsets':[0,3],'x':1}} | unknown key 'x'",
        "{'b':{'dtype':'U8','dtype':'U8','shape':[3],'data_offsets':[0,3]}} | its dtype twice",
        "{'b':{'dtype':'U8','shape':[3],'data_offsets':[0,3]},} | JSON",
        "{'\\ud800':{'dtype':'U8','shape':[3],'data_offsets':[0,3]}} | surrogate",
        "{'__metadata__':{'a':1}}                              | __metadata__",
        "{'__metadata__':{'a':{'b':'c'}}}                      | __metadata__",
      })
  void a_bad_header_is_refused(String header, String message) {
    assertRefused(crafted(header, 3), message);
  }

  @Test
  void a_name_that_comes_twice_is_refused() {
    assertRefused(crafted("{" + B + "," + B + "}", 3), "two tensors have the name 'b'");
    assertRefused(
        crafted("{" + B + "," + B.replace("'b'", "'\\u0062'") + "}", 3),
        "two tensors have the name 'b'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "F32 | 3     | 0,3     | 3  | 'b' has 3 bytes, and F32[3] takes 12",
        "U8  | 2,2   | 0,3     | 3  | 'b' has 3 bytes, and U8[2, 2] takes 4",
        "U8  | 3     | 3,0     | 3  | 'b' ends at byte 0, before it begins at 3",
        "U8  | 3     | 0,3     | 4  | the tensors end at byte 3 of the data, and the file at byte 4",
        "U8  | 3     | 0,3     | 2  | the tensors end at byte 3 of the data, and the file at byte 2",
        "U8  | 3     | 1,4     | 4  | 'b' begins at byte 1 of the data, where 0 is due",
        "U8  | 4294967296,4294967296 | 0,0 | 0 | more bytes than can be counted",
        "F64 | 2305843009213693952   | 0,0 | 0 | more bytes than can be counted",
        "U8  | 9223372036854775807   | 0,9223372036854775807 | 3 | Saltus reads 2147483639 at most",
        "U8  | 2147483647 | 0,2147483647 | 3 | Saltus reads 2147483639 at most",
        "U8  | 2000000000 | 0,2000000000 | 3 | the tensors end at byte 2000000000",
      })
  void a_tensor_that_does_not_fit_is_refused(
      String dtype, String shape, String offsets, int dataBytes, String message) {
    String header =
        "{'b':{'dtype':'%s','shape':[%s],'data_offsets':[%s]}}".formatted(dtype, shape, offsets);
    assertRefused(crafted(header, dataBytes), message);
  }

  @Test
  void an_overlap_and_a_hole_are_refused() {
    String second = "'c':{'dtype':'U8','shape':[3],'data_offsets':[%d,%d]}";
    assertRefused(
        crafted("{" + B + "," + second.formatted(2, 5) + "}", 5),
        "'c' begins at byte 2 of the data, where 3 is due: it overlaps another");
    assertRefused(
        crafted("{" + B + "," + second.formatted(4, 7) + "}", 7),
        "'c' begins at byte 4 of the data, where 3 is due: nothing fills the hole");
  }

  @Test
  void bytes_that_are_no_utf8_are_refused() {
    for (String name : List.of("c3", "c080", "eda080", "f8888080", "ff", "f4908080")) {
      byte[] header =
          ("{\"" + "?" + "\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}")
              .getBytes(StandardCharsets.US_ASCII);
      byte[] bad = Tensors.hex(name);
      byte[] whole = Arrays.copyOf(header, header.length + bad.length - 1);
      System.arraycopy(bad, 0, whole, 2, bad.length);
      System.arraycopy(header, 3, whole, 2 + bad.length, header.length - 3);
      assertRefused(Tensors.file(whole, 0), "UTF-8");
    }
    assertRefused(Tensors.file(new byte[] {'{', '}', (byte) 0xc3}, 0), "UTF-8");
  }

  @Test
  void other_encodings_of_json_are_refused() {
    assertRefused(
        Tensors.file("{}".getBytes(StandardCharsets.UTF_16LE), 0), "the header is not JSON");
    assertRefused(Tensors.file("\ufeff{}", 0), "does not begin with '{'");
  }

  @Test
  void deep_nesting_is_refused_where_it_begins() {
    assertRefused(crafted("{'b':" + "[".repeat(1_000_000), 0), "tensor 'b'");
    assertRefused(crafted("{'b':{'shape':" + "[".repeat(1_000_000), 0), "JSON");
    assertRefused(crafted("{'b':".repeat(1_000_000), 0), "tensor 'b'");
  }

  @Test
  void a_rank_beyond_any_tensor_is_refused() {
    String ones = Stream.generate(() -> "1").limit(255).collect(Collectors.joining(","));
    assertRefused(
        crafted("{'b':{'dtype':'U8','shape':[" + ones + "],'data_offsets':[0,1]}}", 1), "254");
  }

  @Test
  void a_message_shows_little_of_a_foreign_name_and_nothing_that_a_terminal_obeys() {
    String name = "\u001b[2J" + "x".repeat(10_000);
    byte[] file =
        Tensors.file("{\"" + name.replace("\u001b", "\\u001b") + "\":{\"shape\":[],\"q\":1}}", 0);
    assertThatExceptionOfType(SafeTensorsException.class)
        .isThrownBy(() -> Tensors.read(file))
        .satisfies(e -> assertThat(e.getMessage()).contains("'?[2Jxx").hasSizeLessThan(300));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'b':{'dtype':'U8','shape':[1000000000],'data_offsets':[0,1000000000]}}",
        "{'b':{'dtype':'F64','shape':[100000000],'data_offsets':[0,800000000]}}",
        "{'b':{'dtype':'U8','shape':[0],'data_offsets':[1000000000,1000000000]}}",
      })
  void a_claim_costs_no_memory(String header) {
    byte[] file = crafted(header, 3);
    assertRefused(file, "");
    long before = allocated();
    assertRefused(file, "");
    assertThat(allocated() - before).isLessThan(1 << 20);
  }

  @Test
  void a_claimed_length_of_the_header_costs_no_memory() {
    byte[] file = Tensors.hex("00e1f50500000000" + "7b7d");
    assertRefused(file, "the file only 2 after it");
    long before = allocated();
    assertRefused(file, "the file only 2 after it");
    assertThat(allocated() - before).isLessThan(1 << 20);
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  @Test
  void a_file_that_became_shorter_or_longer_is_refused() {
    byte[] file = Tensors.write(Tensors.documented());
    assertThatExceptionOfType(SafeTensorsException.class)
        .isThrownBy(
            () -> SafeTensors.read(new ByteArrayInputStream(file, 0, file.length - 1), file.length))
        .withMessageContaining("tensor 'w'");
    assertThatExceptionOfType(SafeTensorsException.class)
        .isThrownBy(() -> SafeTensors.read(new ByteArrayInputStream(file, 0, 100), file.length))
        .withMessageContaining("its header");
    assertThatExceptionOfType(SafeTensorsException.class)
        .isThrownBy(
            () ->
                SafeTensors.read(
                    new ByteArrayInputStream(Arrays.copyOf(file, file.length + 1)), file.length))
        .withMessageContaining("grew");
  }

  @Test
  void a_file_of_another_tool_is_read_in_whatever_order_it_is() {
    byte[] file =
        crafted(
            "{'w':{'shape':[1],'data_offsets':[0,4],'dtype':'F32'},\n"
                + "'__metadata__':{'format':'np'}, 'b': {'dtype':'U8','shape':[0],'data_offsets':[0,0]}}   ",
            4);
    assertThat(Tensors.read(file))
        .containsExactly(
            new TensorValue("b", Dtype.U8, List.of(0L), new byte[0]),
            new TensorValue("w", Dtype.F32, List.of(1L), new byte[4]));
  }

  @Test
  void what_cannot_be_read_back_is_not_written() {
    TensorValue one = new TensorValue("w", Dtype.U8, List.of(), new byte[1]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensors.write(List.of(one, one)))
        .withMessageContaining("two tensors have the name 'w'");
    for (String name : List.of("__metadata__", "\ud83d", "a\udc00b")) {
      TensorValue tensor = new TensorValue(name, Dtype.U8, List.of(), new byte[1]);
      assertThatIllegalArgumentException().isThrownBy(() -> Tensors.write(List.of(tensor)));
    }
    TensorValue deep =
        new TensorValue("d", Dtype.U8, Stream.generate(() -> 1L).limit(255).toList(), new byte[1]);
    assertThatIllegalArgumentException().isThrownBy(() -> Tensors.write(List.of(deep)));
  }
}
