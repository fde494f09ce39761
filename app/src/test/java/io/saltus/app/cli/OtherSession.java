package io.saltus.app.cli;

import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.provenance.Fingerprint;
import io.saltus.experiment.session.Capability;
import io.saltus.experiment.session.Chunk;
import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.TrainingSession;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/** A session that is another one but for what it overrides. */
interface OtherSession extends TrainingSession {

  /** What it is otherwise. */
  TrainingSession session();

  @Override
  default Set<Capability> capabilities() {
    return session().capabilities();
  }

  @Override
  default Catalogue catalogue() {
    return session().catalogue();
  }

  @Override
  default Fingerprint fingerprint() {
    return session().fingerprint();
  }

  @Override
  default long step() {
    return session().step();
  }

  @Override
  default MetricFrame run(Chunk chunk) {
    return session().run(chunk);
  }

  @Override
  default List<String> variables() {
    return session().variables();
  }

  @Override
  default SortedMap<String, List<Long>> weights() {
    return session().weights();
  }

  @Override
  default List<TensorValue> read(Set<String> names) {
    return session().read(names);
  }

  @Override
  default void restore(long step, List<TensorValue> state) {
    session().restore(step, state);
  }

  @Override
  default void close() {
    session().close();
  }
}
