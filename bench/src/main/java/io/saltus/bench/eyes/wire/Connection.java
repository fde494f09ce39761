package io.saltus.bench.eyes.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One connection that never blocks; its owner's thread is the only one that touches it. */
abstract class Connection implements AnswerParser.Sink {

  private final Selector selector;
  private final InetSocketAddress address;
  private final AnswerParser parser = new AnswerParser(this);
  private ByteBuffer out = ByteBuffer.allocate(0);
  private @Nullable SocketChannel channel;

  Connection(Selector selector, InetSocketAddress address) {
    this.selector = selector;
    this.address = address;
  }

  /** The other side is gone. */
  abstract void lost() throws IOException;

  /** Sends a request, over a new connection where there is none. */
  final void send(String request, boolean head) throws IOException {
    parser.expect(head);
    out = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
    SocketChannel open = channel;
    if (open == null) {
      SocketChannel made = SocketChannel.open();
      made.configureBlocking(false);
      made.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel = made;
      boolean connected = made.connect(address);
      made.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
      if (connected) {
        write(made);
      }
    } else {
      write(open);
    }
  }

  private void write(SocketChannel open) throws IOException {
    open.write(out);
    open.keyFor(selector)
        .interestOps(
            out.hasRemaining()
                ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
                : SelectionKey.OP_READ);
  }

  /** Does what can be done now. */
  final void ready(SelectionKey key, byte[] scratch) throws IOException {
    SocketChannel open = channel;
    if (open == null || !key.isValid()) {
      return;
    }
    try {
      if (key.isConnectable()) {
        open.finishConnect();
        write(open);
      } else if (key.isWritable()) {
        write(open);
      } else if (key.isReadable()) {
        read(open, scratch);
      }
    } catch (IOException broken) {
      hangUp();
      lost();
    }
  }

  private void read(SocketChannel open, byte[] scratch) throws IOException {
    int count = open.read(ByteBuffer.wrap(scratch));
    if (count < 0) {
      hangUp();
      lost();
      return;
    }
    parser.take(scratch, count);
  }

  /** Ends the connection, in the middle of an answer or not. */
  final void hangUp() throws IOException {
    SocketChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }
}
