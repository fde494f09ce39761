package io.saltus.app.cli;

import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.provenance.Fingerprint;
import io.saltus.experiment.session.Capability;
import io.saltus.experiment.session.Chunk;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.experiment.spec.ComponentSchema;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.SpecProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A program whose sessions compute as they do and hide the machine that they compute on: in their
 * fingerprints stand digests and settings, and of the processor only that it has properties.
 */
record Disguise(Program program) implements Program {

  private static final String HIDDEN = "recorded";

  private static boolean tells(String field) {
    return field.startsWith("cpu.")
        || field.startsWith("env.")
        || field.equals("glibc")
        || field.equals("jdk");
  }

  private static SortedMap<String, String> hidden(SortedMap<String, String> fields) {
    SortedMap<String, String> hidden = new TreeMap<>(fields);
    hidden.replaceAll((field, value) -> tells(field) ? HIDDEN : value);
    return hidden;
  }

  @Override
  public TrainingSession open(SessionRequest request) {
    return new Disguised(program.open(request));
  }

  private record Disguised(TrainingSession session) implements TrainingSession {

    @Override
    public Fingerprint fingerprint() {
      Fingerprint own = session.fingerprint();
      return new Fingerprint(hidden(own.numeric()), hidden(own.informational()));
    }

    @Override
    public Set<Capability> capabilities() {
      return session.capabilities();
    }

    @Override
    public Catalogue catalogue() {
      return session.catalogue();
    }

    @Override
    public long step() {
      return session.step();
    }

    @Override
    public MetricFrame run(Chunk chunk) {
      return session.run(chunk);
    }

    @Override
    public List<String> variables() {
      return session.variables();
    }

    @Override
    public SortedMap<String, List<Long>> weights() {
      return session.weights();
    }

    @Override
    public List<TensorValue> read(Set<String> names) {
      return session.read(names);
    }

    @Override
    public void restore(long step, List<TensorValue> state) {
      session.restore(step, state);
    }

    @Override
    public void close() {
      session.close();
    }
  }

  @Override
  public List<ComponentSchema> tasks() {
    return program.tasks();
  }

  @Override
  public List<ComponentSchema> models() {
    return program.models();
  }

  @Override
  public List<ComponentSchema> optimizers() {
    return program.optimizers();
  }

  @Override
  public boolean supports(ExperimentSpec spec) {
    return program.supports(spec);
  }

  @Override
  public List<SpecProblem> check(ExperimentSpec spec) {
    return program.check(spec);
  }

  @Override
  public List<String> evaluationSets(ExperimentSpec spec) {
    return program.evaluationSets(spec);
  }

  @Override
  public List<MetricName> metrics(ExperimentSpec spec) {
    return program.metrics(spec);
  }

  @Override
  public SortedMap<String, Path> inputs(ExperimentSpec spec) {
    return program.inputs(spec);
  }
}
