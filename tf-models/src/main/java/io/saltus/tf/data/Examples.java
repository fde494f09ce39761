package io.saltus.tf.data;

import io.saltus.experiment.Sha256;
import io.saltus.experiment.session.Dataset;
import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.TensorValue.Dtype;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Labelled examples.
 *
 * @param inputs what the model sees
 * @param labels the right class of each, 0 to classes - 1
 * @param classes how many classes there are
 */
public record Examples(Inputs inputs, int[] labels, int classes) implements Dataset {

  private static final String LABELS = "labels";

  /**
   * @throws IllegalArgumentException when there is not one label per input, or none at all
   */
  public Examples {
    if (labels.length == 0 || inputs.size() != labels.length) {
      throw new IllegalArgumentException(
          inputs.size() + " inputs for " + labels.length + " labels");
    }
  }

  /** How many. */
  @Override
  public int size() {
    return labels.length;
  }

  /**
   * SHA-256 over the UTF-8 line {@code SIZE of FORM in CLASSES classes\n}, where FORM is {@code
   * pairs modulo M} or {@code rows of WIDTH}; then all left and all right numbers as int32 LE, or
   * all bytes; then the labels as int32 LE.
   */
  @Override
  public Sha256 digest() {
    MessageDigest digest = Sha256.digest();
    String line = size() + " of " + inputs.form() + " in " + classes + " classes\n";
    digest.update(line.getBytes(StandardCharsets.UTF_8));
    inputs.feed(digest);
    digest.update(LittleEndian.bytes(labels));
    return Sha256.from(digest);
  }

  /**
   * {@code left} and {@code right}, I32 [n], or {@code rows}, U8 [n, width]; then {@code labels}.
   */
  @Override
  public List<TensorValue> batch(int... indices) {
    for (int index : indices) {
      Objects.checkIndex(index, size());
    }
    List<TensorValue> batch = new ArrayList<>(inputs.at(indices));
    batch.add(labels(LittleEndian.bytesAt(labels, indices)));
    return List.copyOf(batch);
  }

  @Override
  public TensorValue answers() {
    return labels(LittleEndian.bytes(labels));
  }

  private static TensorValue labels(byte[] bytes) {
    return new TensorValue(LABELS, Dtype.I32, List.of((long) bytes.length / Integer.BYTES), bytes);
  }
}
