package io.saltus.persistence.codec;

import com.google.protobuf.ByteString;
import io.saltus.experiment.session.TensorValue;
import io.saltus.persistence.worker.TensorPiece;
import io.saltus.proto.v1.WorkerProto;
import java.util.List;

/** Pieces of tensors. */
final class TensorPieceCodec {

  private static final EnumTable<TensorValue.Dtype, WorkerProto.TensorDtype> DTYPES =
      EnumTable.of(TensorValue.Dtype.class, WorkerProto.TensorDtype.class, "TENSOR_DTYPE_");

  private TensorPieceCodec() {}

  static WorkerProto.TensorPiece write(TensorPiece piece) {
    return WorkerProto.TensorPiece.newBuilder()
        .setName(piece.name())
        .setDtype(DTYPES.write(piece.dtype()))
        .addAllShape(piece.shape())
        .setOffset(piece.offset())
        .setBytes(ByteString.copyFrom(piece.bytes().duplicate()))
        .build();
  }

  static TensorPiece read(At at, WorkerProto.TensorPiece wire) {
    at.known(wire);
    at.has(wire.hasName(), "name");
    at.has(wire.hasOffset(), "offset");
    at.has(wire.hasBytes(), "bytes");
    TensorValue.Dtype dtype = DTYPES.read(at, "dtype", wire.getDtype(), wire.getDtypeValue());
    List<Long> shape = List.copyOf(wire.getShapeList());
    return at.build(
        () ->
            new TensorPiece(
                wire.getName(),
                dtype,
                shape,
                wire.getOffset(),
                wire.getBytes().asReadOnlyByteBuffer()));
  }
}
