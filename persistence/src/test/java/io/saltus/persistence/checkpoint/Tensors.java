package io.saltus.persistence.checkpoint;

import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.TensorValue.Dtype;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** States, and files as bytes. */
final class Tensors {

  private static final List<String> ALPHABET =
      List.of(
          "w", "layer", "/", ":0", "\"", "\\", "\n", "\u0001", "\u007f", "é", "\ufffd", "😀", "");

  private static final List<Dtype> DTYPES = List.of(Dtype.values());

  private Tensors() {}

  /** The state that the documentation takes apart. */
  static List<TensorValue> documented() {
    return List.of(
        new TensorValue("w", Dtype.F32, List.of(2L, 1L), hex("000000800100c07f")),
        new TensorValue("step", Dtype.I64, List.of(), hex("f401000000000000")),
        new TensorValue("b", Dtype.U8, List.of(3L), hex("0102ff")));
  }

  /** A state that no other number gives. */
  static List<TensorValue> numbered(long number, int bytes) {
    byte[] weights = new byte[bytes];
    new Random(number).nextBytes(weights);
    return List.of(
        new TensorValue(
            "step", Dtype.I64, List.of(), ByteBuffer.allocate(8).putLong(number).array()),
        new TensorValue("weights", Dtype.U8, List.of((long) bytes), weights));
  }

  /** Any state: all types, ranks to 3, sizes from 0, odd names, any bits. */
  static List<TensorValue> random(Random random) {
    List<TensorValue> tensors = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      tensors.add(random(random, i + name(random)));
    }
    return tensors;
  }

  private static TensorValue random(Random random, String name) {
    Dtype dtype = dtype(random);
    List<Long> shape = new ArrayList<>();
    int bytes = dtype.bytes();
    for (int i = random.nextInt(4); i > 0; i--) {
      int size = random.nextInt(5);
      shape.add((long) size);
      bytes *= size;
    }
    byte[] content = new byte[bytes];
    random.nextBytes(content);
    return new TensorValue(name, dtype, shape, content);
  }

  static Dtype dtype(Random random) {
    return DTYPES.get(random.nextInt(DTYPES.size()));
  }

  private static String name(Random random) {
    StringBuilder name = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      name.append(ALPHABET.get(random.nextInt(ALPHABET.size())));
    }
    return name.toString();
  }

  static byte[] write(List<TensorValue> state) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      SafeTensors.write(state, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static List<TensorValue> read(byte[] file) {
    try {
      return SafeTensors.read(new ByteArrayInputStream(file), file.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file with any header, whatever it claims. */
  static byte[] file(byte[] header, int dataBytes) {
    return ByteBuffer.allocate(Long.BYTES + header.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .array();
  }

  static byte[] file(String header, int dataBytes) {
    return file(header.getBytes(StandardCharsets.UTF_8), dataBytes);
  }

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
