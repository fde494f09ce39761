package io.saltus.persistence.index;

import io.saltus.experiment.RunId;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays an index out. Texts and sets of metrics that many runs share stand once, before the runs,
 * which refer to them by their place. {@link IndexReader} reads the same in the same order.
 */
final class IndexWriter {

  static final int DELETED = 1;
  static final int ARCHIVED = 2;
  static final int FORKED = 4;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);
  private final Map<String, Integer> words = new HashMap<>();
  private final List<String> inOrder = new ArrayList<>();
  private final Map<LastValues.Columns, Integer> columns = new HashMap<>();
  private final List<LastValues.Columns> columnsInOrder = new ArrayList<>();

  byte[] write(RunIndex index) throws IOException {
    index.runs().forEach(this::note);
    out.write(RunIndexFile.MAGIC);
    out.writeLong(index.journal().getMostSignificantBits());
    out.writeLong(index.journal().getLeastSignificantBits());
    out.writeLong(index.offset());
    out.writeInt(index.proof());
    out.writeInt(inOrder.size());
    for (String word : inOrder) {
      out.writeUTF(word);
    }
    out.writeInt(columnsInOrder.size());
    for (LastValues.Columns each : columnsInOrder) {
      write(each);
    }
    out.writeInt(index.unread().size());
    for (RunId run : index.unread()) {
      write(run);
    }
    out.writeInt(index.runs().size());
    for (RunSummary run : index.runs()) {
      write(run);
    }
    out.flush();
    return bytes.toByteArray();
  }

  private void note(RunSummary run) {
    word(run.status().name());
    word(run.experiment());
    if (!columns.containsKey(run.last().columns())) {
      columns.put(run.last().columns(), columnsInOrder.size());
      columnsInOrder.add(run.last().columns());
      run.last().columns().names().forEach(name -> word(name.value()));
      run.last().columns().kinds().forEach(kind -> word(kind.name()));
    }
  }

  private int word(String word) {
    Integer known = words.putIfAbsent(word, inOrder.size());
    if (known != null) {
      return known;
    }
    inOrder.add(word);
    return inOrder.size() - 1;
  }

  private void write(LastValues.Columns each) throws IOException {
    out.writeInt(each.names().size());
    for (int i = 0; i < each.names().size(); i++) {
      out.writeInt(word(each.names().get(i).value()));
      out.writeInt(word(each.kinds().get(i).name()));
    }
  }

  private void write(RunId run) throws IOException {
    out.writeUTF(run.value());
  }

  private void write(RunSummary run) throws IOException {
    write(run.run());
    out.writeByte(
        (run.deleted() ? DELETED : 0)
            | (run.archived() ? ARCHIVED : 0)
            | (run.parent().isPresent() ? FORKED : 0));
    if (run.parent().isPresent()) {
      write(run.parent().get());
    }
    out.writeLong(run.offset());
    out.writeInt(word(run.status().name()));
    out.writeInt(word(run.experiment()));
    out.writeLong(run.step());
    out.writeLong(run.steps());
    out.writeLong(run.seed());
    out.writeInt(columns.getOrDefault(run.last().columns(), -1));
    for (long bits : run.last().bits()) {
      out.writeLong(bits);
    }
  }
}
