package io.saltus.persistence.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import io.saltus.persistence.worker.TensorPiece;
import io.saltus.persistence.worker.WireException;
import io.saltus.persistence.worker.WorkerMessage;
import io.saltus.persistence.worker.WorkerReply;
import io.saltus.persistence.worker.WorkerRequest;
import io.saltus.proto.v1.WorkerProto;

/** Messages between a supervisor's process and a worker as the payloads of frames. */
public final class WorkerCodec {

  private WorkerCodec() {}

  /** The payload of a message. */
  public static byte[] write(WorkerMessage message) {
    WorkerProto.WorkerMessage.Builder wire = WorkerProto.WorkerMessage.newBuilder();
    if (message instanceof WorkerRequest request) {
      WorkerRequests.write(request, wire);
    } else if (message instanceof WorkerReply reply) {
      WorkerReplies.write(reply, wire);
    } else if (message instanceof TensorPiece piece) {
      wire.setPiece(TensorPieceCodec.write(piece));
    } else {
      throw new AssertionError("no codec for a " + message.getClass());
    }
    return wire.build().toByteArray();
  }

  /**
   * The message of a payload.
   *
   * @throws WireException when it is damaged or was written by a newer version; the message names
   *     the field
   */
  public static WorkerMessage read(byte[] payload) throws WireException {
    try {
      WorkerProto.WorkerMessage wire = WorkerProto.WorkerMessage.parseFrom(payload);
      At at = At.event("WorkerMessage");
      at.known(wire);
      return switch (wire.getBodyCase()) {
        case OPEN, RUN, EVALUATE, READ, RESTORE, CLOSE, PING, PREPARE ->
            WorkerRequests.read(at, wire);
        case OPENED, FRAME, STATE, DONE, FAILED, ALIVE -> WorkerReplies.read(at, wire);
        case PIECE -> TensorPieceCodec.read(at.in("piece"), wire.getPiece());
        case BODY_NOT_SET -> throw CodecException.damaged(at.in("body") + " is missing");
      };
    } catch (InvalidProtocolBufferException e) {
      throw new WireException("a message is no protobuf: " + e.getMessage());
    } catch (CodecException e) {
      throw new WireException(e.what());
    }
  }
}
