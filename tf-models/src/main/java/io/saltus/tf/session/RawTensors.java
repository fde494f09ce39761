package io.saltus.tf.session;

import io.saltus.experiment.session.TensorValue;
import java.util.List;
import java.util.stream.LongStream;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Tensors of IEEE singles as bytes. x86 is little-endian, like the bytes of a tensor value. */
final class RawTensors {

  private RawTensors() {}

  static TensorValue value(String name, Tensor tensor) {
    byte[] bytes = new byte[Math.toIntExact(tensor.numBytes())];
    tensor.asRawTensor().data().read(bytes);
    return new TensorValue(name, TensorValue.Dtype.F32, dimensions(tensor.shape()), bytes);
  }

  /** A tensor of a value; the caller closes it. */
  static TFloat32 tensor(TensorValue value) {
    byte[] bytes = new byte[value.bytes().remaining()];
    value.bytes().get(bytes);
    TFloat32 tensor =
        TFloat32.tensorOf(Shape.of(value.shape().stream().mapToLong(Long::longValue).toArray()));
    tensor.asRawTensor().data().write(bytes);
    return tensor;
  }

  static List<Long> dimensions(Shape shape) {
    return LongStream.of(shape.asArray()).boxed().toList();
  }
}
