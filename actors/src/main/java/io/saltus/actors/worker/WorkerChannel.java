package io.saltus.actors.worker;

import io.saltus.experiment.session.TensorValue;
import io.saltus.persistence.codec.WorkerCodec;
import io.saltus.persistence.worker.FrameReader;
import io.saltus.persistence.worker.FrameWriter;
import io.saltus.persistence.worker.TensorPiece;
import io.saltus.persistence.worker.WorkerMessage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** Messages over a pair of pipes. Reading is one thread's; any thread may write. */
final class WorkerChannel {

  private final FrameReader in;
  private final FrameWriter out;

  WorkerChannel(InputStream in, OutputStream out) {
    // A file's own readNBytes asks where it stands, which a pipe cannot say.
    this.in = new FrameReader(new BufferedInputStream(in));
    this.out = new FrameWriter(out);
  }

  void send(WorkerMessage message) throws IOException {
    out.write(WorkerCodec.write(message));
  }

  /** Sends tensors in pieces, one after the other. */
  void send(List<TensorValue> tensors) throws IOException {
    for (TensorValue tensor : tensors) {
      for (TensorPiece piece : TensorPiece.of(tensor)) {
        send(piece);
      }
    }
  }

  /** Waits for the next message; empty when the other side has closed its end. */
  Optional<WorkerMessage> receive() throws IOException {
    Optional<byte[]> payload = in.read();
    return payload.isEmpty() ? Optional.empty() : Optional.of(WorkerCodec.read(payload.get()));
  }
}
