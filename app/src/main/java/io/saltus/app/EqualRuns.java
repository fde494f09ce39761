package io.saltus.app;

import io.saltus.experiment.RunId;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.RunEvent.RunSubmitted;
import io.saltus.experiment.provenance.InputDigest;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.spec.PlannedRun;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.runs.RunEntry;
import io.saltus.persistence.runs.RunReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The complete runs of a home that were there when it was first asked, by what they compute: same
 * digest of the spec, same content of inputs, begun at step 0 and not extended. Used by one thread.
 */
final class EqualRuns {

  private record Computed(Sha256 spec, List<InputDigest> inputs) {}

  private final RocksStore store;
  private final List<Program> programs;
  private Optional<Map<Computed, List<RunId>>> known = Optional.empty();

  EqualRuns(RocksStore store, List<Program> programs) {
    this.store = store;
    this.programs = programs;
  }

  /** Those that compute what is planned, in the order of their submission. */
  List<RunId> to(PlannedRun planned) {
    Map<Computed, List<RunId>> runs = known.orElseGet(this::read);
    known = Optional.of(runs);
    if (runs.isEmpty()) {
      return List.of();
    }
    RunPlan plan = RunPlan.of(planned.spec(), programs);
    return runs.getOrDefault(new Computed(planned.digest(), plan.digests()), List.of());
  }

  private Map<Computed, List<RunId>> read() {
    Map<Computed, List<RunId>> runs = new HashMap<>();
    try (JournalReader journal = store.reader()) {
      for (RunEntry entry : new RunReader(journal).list().runs()) {
        RunSubmitted submitted = entry.state().submission().orElseThrow();
        boolean whole =
            entry.state().status() == RunStatus.COMPLETED
                && entry.state().steps() == submitted.spec().steps();
        if (whole && submitted.parent().isEmpty()) {
          runs.computeIfAbsent(
                  new Computed(submitted.specDigest(), submitted.inputs()),
                  unseen -> new ArrayList<>())
              .add(entry.run());
        }
      }
    }
    return runs;
  }
}
