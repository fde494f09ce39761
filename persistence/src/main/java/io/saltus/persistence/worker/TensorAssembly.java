package io.saltus.persistence.worker;

import io.saltus.experiment.session.TensorValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Puts tensors together from their pieces. Room for a tensor is taken only when all of its bytes
 * have arrived, so what a damaged piece claims costs nothing.
 */
public final class TensorAssembly {

  private final int expected;
  private final List<TensorValue> whole = new ArrayList<>();
  private final List<TensorPiece> pieces = new ArrayList<>();
  private long arrived;

  /**
   * @param expected how many tensors follow, at least 0
   */
  public TensorAssembly(int expected) {
    this.expected = expected;
  }

  /** Whether all have arrived. */
  public boolean complete() {
    return whole.size() == expected;
  }

  /** The tensors that are whole, in the order of their arrival. */
  public List<TensorValue> tensors() {
    return List.copyOf(whole);
  }

  /**
   * Takes the next piece in.
   *
   * @throws WireException when it does not follow the piece before, or nothing is expected
   */
  public void add(TensorPiece piece) throws WireException {
    if (complete()) {
      throw new WireException("a piece of " + piece.name() + " follows a complete state");
    }
    if (piece.offset() != arrived || !continues(piece)) {
      throw new WireException(
          "a piece of " + piece.name() + " from " + piece.offset() + " is out of order");
    }
    if (piece.bytes().remaining() == 0 && piece.size() > 0) {
      throw new WireException("a piece of " + piece.name() + " is empty");
    }
    pieces.add(piece);
    arrived += piece.bytes().remaining();
    if (arrived == piece.size()) {
      whole.add(join(piece));
      pieces.clear();
      arrived = 0;
    }
  }

  private boolean continues(TensorPiece piece) {
    if (pieces.isEmpty()) {
      return true;
    }
    TensorPiece first = pieces.get(0);
    return first.name().equals(piece.name())
        && first.dtype() == piece.dtype()
        && first.shape().equals(piece.shape());
  }

  private TensorValue join(TensorPiece last) {
    List<InputStream> parts = new ArrayList<>(pieces.size());
    for (TensorPiece piece : pieces) {
      byte[] bytes = new byte[piece.bytes().remaining()];
      piece.bytes().duplicate().get(bytes);
      parts.add(new ByteArrayInputStream(bytes));
    }
    try (InputStream all = new SequenceInputStream(Collections.enumeration(parts))) {
      return TensorValue.read(last.name(), last.dtype(), last.shape(), last.size(), all);
    } catch (IOException e) {
      throw new AssertionError("all bytes of " + last.name() + " lie in memory", e);
    }
  }
}
