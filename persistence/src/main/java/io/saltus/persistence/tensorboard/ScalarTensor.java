package io.saltus.persistence.tensorboard;

import com.google.protobuf.ByteString;
import io.saltus.proto.tensorboard.EventFileProto.TensorProto;
import io.saltus.proto.tensorboard.EventFileProto.TensorShapeProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Tensors of one number, as TensorFlow 2 and PyTorch write scalars. */
final class ScalarTensor {

  private ScalarTensor() {}

  /** The number; empty where there is none, or more than one. */
  static Optional<ScalarValue> read(TensorProto tensor) {
    for (TensorShapeProto.Dim dim : tensor.getTensorShape().getDimList()) {
      if (dim.getSize() != 1) {
        return Optional.empty();
      }
    }
    ByteString raw = tensor.getTensorContent();
    return switch (tensor.getDtype()) {
      case DT_FLOAT ->
          one(
              tensor.getFloatValCount(),
              () -> new ScalarValue.Single(tensor.getFloatVal(0)),
              raw,
              Float.BYTES,
              bytes -> new ScalarValue.Single(bytes.getFloat()));
      case DT_DOUBLE ->
          one(
              tensor.getDoubleValCount(),
              () -> new ScalarValue.Real(tensor.getDoubleVal(0)),
              raw,
              Double.BYTES,
              bytes -> new ScalarValue.Real(bytes.getDouble()));
      case DT_INT64 ->
          one(
              tensor.getInt64ValCount(),
              () -> new ScalarValue.Whole(tensor.getInt64Val(0)),
              raw,
              Long.BYTES,
              bytes -> new ScalarValue.Whole(bytes.getLong()));
      case DT_INT32 ->
          one(
              tensor.getIntValCount(),
              () -> new ScalarValue.Whole(tensor.getIntVal(0)),
              raw,
              Integer.BYTES,
              bytes -> new ScalarValue.Whole(bytes.getInt()));
      case DT_BFLOAT16 ->
          one(
              0,
              () -> new ScalarValue.Single(0),
              raw,
              Short.BYTES,
              bytes -> new ScalarValue.Single(Float.intBitsToFloat(bytes.getShort() << 16)));
      default -> Optional.empty();
    };
  }

  private static Optional<ScalarValue> one(
      int listed,
      Supplier<ScalarValue> first,
      ByteString raw,
      int bytes,
      Function<ByteBuffer, ScalarValue> read) {
    if (listed == 1) {
      return Optional.of(first.get());
    }
    return listed == 0 && raw.size() == bytes
        ? Optional.of(read.apply(ByteBuffer.wrap(raw.toByteArray()).order(ByteOrder.LITTLE_ENDIAN)))
        : Optional.empty();
  }
}
