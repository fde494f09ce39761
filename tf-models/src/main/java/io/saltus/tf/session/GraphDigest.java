package io.saltus.tf.session;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import io.saltus.experiment.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import org.tensorflow.Graph;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * The digest of a graph as it is executed. The graph that is written is the one that runs (see
 * {@link SessionSettings}), so its nodes, by name, with sorted attributes, and the configuration
 * that keeps it so say all.
 */
final class GraphDigest {

  private GraphDigest() {}

  static Sha256 of(Graph graph, ConfigProto config) {
    GraphDef definition = graph.toGraphDef();
    GraphDef.Builder sorted = definition.toBuilder().clearNode();
    definition.getNodeList().stream()
        .sorted(Comparator.comparing(NodeDef::getName))
        .forEach(sorted::addNode);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(sorted.build(), bytes);
    write(config, bytes);
    return Sha256.of(bytes.toByteArray());
  }

  private static void write(Message message, ByteArrayOutputStream into) {
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(into);
      out.useDeterministicSerialization();
      message.writeTo(out);
      out.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
