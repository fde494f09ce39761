package io.saltus.persistence.checkpoint;

import io.saltus.experiment.Sha256;
import io.saltus.experiment.session.TensorValue;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tensors on their way into a file.
 *
 * @param tensors in canonical order
 * @param head all bytes before those of the tensors; nobody changes them
 */
record SafeTensorsWriting(List<TensorValue> tensors, byte[] head) {

  /** Of names as UTF-8, which is not the order of Java's strings. */
  static final Comparator<String> BYTE_ORDER =
      (one, other) ->
          Arrays.compareUnsigned(
              one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

  private static final int ALIGNMENT = 8;

  static SafeTensorsWriting of(List<TensorValue> tensors) {
    List<TensorValue> ordered =
        tensors.stream().sorted(Comparator.comparing(TensorValue::name, BYTE_ORDER)).toList();
    for (int i = 0; i < ordered.size(); i++) {
      String name = ordered.get(i).name();
      if (i > 0 && name.equals(ordered.get(i - 1).name())) {
        throw new IllegalArgumentException(
            "two tensors have the name '" + TensorEntry.shown(name) + "'");
      }
      if (name.equals(HeaderParser.METADATA)
          || !StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
        throw new IllegalArgumentException(
            "a tensor may not have the name '" + TensorEntry.shown(name) + "'");
      }
      if (ordered.get(i).shape().size() > HeaderParser.MOST_DIMENSIONS) {
        throw new IllegalArgumentException(
            "tensor '" + TensorEntry.shown(name) + "' has too many dimensions");
      }
    }
    return new SafeTensorsWriting(ordered, head(entries(ordered)));
  }

  /** Writes all bytes of the file. */
  void writeTo(OutputStream out) throws IOException {
    out.write(head);
    byte[] piece = new byte[SafeTensors.PIECE_BYTES];
    for (TensorValue tensor : tensors) {
      ByteBuffer bytes = tensor.bytes();
      while (bytes.hasRemaining()) {
        int length = Math.min(bytes.remaining(), piece.length);
        bytes.get(piece, 0, length);
        out.write(piece, 0, length);
      }
    }
  }

  /** The digest of what {@link #writeTo} writes. */
  Sha256 digest() {
    MessageDigest digest = Sha256.digest();
    try {
      writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Sha256.from(digest);
  }

  private static List<TensorEntry> entries(List<TensorValue> ordered) {
    List<TensorEntry> entries = new ArrayList<>(ordered.size());
    long begin = 0;
    for (TensorValue tensor : ordered) {
      long end = begin + tensor.bytes().remaining();
      entries.add(new TensorEntry(tensor.name(), tensor.dtype(), tensor.shape(), begin, end));
      begin = end;
    }
    return entries;
  }

  /** Whether Saltus would write these tensors, in the order of their bytes, with this header. */
  static boolean isCanonical(List<TensorEntry> tensors, byte[] header) {
    List<TensorEntry> ordered =
        tensors.stream().sorted(Comparator.comparing(TensorEntry::name, BYTE_ORDER)).toList();
    byte[] head = head(ordered);
    return ordered.equals(tensors)
        && Arrays.equals(
            head, SafeTensorsHeader.LENGTH_BYTES, head.length, header, 0, header.length);
  }

  private static byte[] head(List<TensorEntry> ordered) {
    byte[] json = json(ordered).getBytes(StandardCharsets.UTF_8);
    int padded = Math.addExact(json.length, ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (padded > SafeTensorsHeader.MOST_BYTES) {
      throw new IllegalArgumentException("the names and shapes take " + padded + " bytes");
    }
    byte[] head = new byte[SafeTensorsHeader.LENGTH_BYTES + padded];
    Arrays.fill(head, (byte) ' ');
    ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).put(json);
    return head;
  }

  private static String json(List<TensorEntry> ordered) {
    StringBuilder json = new StringBuilder("{");
    for (TensorEntry tensor : ordered) {
      json.append(json.length() == 1 ? "" : ",");
      quote(tensor.name(), json);
      json.append(":{\"dtype\":\"").append(tensor.dtype().name()).append("\",\"shape\":[");
      json.append(tensor.shape().stream().map(String::valueOf).collect(Collectors.joining(",")));
      json.append("],\"data_offsets\":[").append(tensor.begin()).append(',');
      json.append(tensor.end()).append("]}");
    }
    return json.append('}').toString();
  }

  /** Written out here, not by a library: these bytes may never change. */
  private static void quote(String name, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\b' -> json.append("\\b");
        case '\t' -> json.append("\\t");
        case '\n' -> json.append("\\n");
        case '\f' -> json.append("\\f");
        case '\r' -> json.append("\\r");
        default -> {
          if (c < ' ') {
            json.append("\\u00").append(c < 16 ? '0' : '1').append(Character.forDigit(c % 16, 16));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }
}
