package io.saltus.persistence.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.experiment.RunId;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.RunEvent.CheckpointDropped;
import io.saltus.experiment.event.RunEvent.CheckpointSaved;
import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.TensorValue.Dtype;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.runs.RunEntry;
import io.saltus.persistence.runs.RunList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CheckpointCollectorTest {

  @TempDir Path directory;
  private final Set<Sha256> journal = ConcurrentHashMap.newKeySet();
  private final List<String> unreadable = new ArrayList<>();
  private CheckpointStore store;
  private CheckpointCollector collector;

  @BeforeEach
  void open() {
    store = CheckpointStore.at(directory);
    collector = new CheckpointCollector(store, this::references);
  }

  private CheckpointReferences references() {
    return new CheckpointReferences(journal, unreadable);
  }

  @Test
  void what_no_run_refers_to_goes_and_the_rest_stays() throws IOException {
    StoredCheckpoint kept = released(1);
    journal.add(kept.sha256());
    StoredCheckpoint free = released(2);
    Files.write(directory.resolve("write-77.tmp"), new byte[5]);
    Files.write(directory.resolve(free.sha256() + ".bad"), new byte[6]);
    Files.write(directory.resolve("notes.txt"), new byte[7]);
    CollectionPlan plan = collector.plan();
    assertThat(plan)
        .isEqualTo(
            new CollectionPlan(
                List.of(free),
                List.of(new StoredFile("write-77.tmp", 5)),
                List.of(new StoredFile(free.sha256() + ".bad", 6)),
                List.of()));
    assertThat(plan.files()).isEqualTo(3);
    assertThat(plan.bytes()).isEqualTo(free.bytes() + 11);
    assertThat(plan.obstacle()).isEmpty();
    assertThat(store.inventory().checkpoints()).as("planning deletes nothing").hasSize(2);
    Collected collected = collector.execute(plan);
    assertThat(collected.files()).isEqualTo(3);
    assertThat(collected.bytes()).isEqualTo(plan.bytes());
    assertThat(store.inventory())
        .isEqualTo(
            new Inventory(
                List.of(kept), List.of(), List.of(), List.of(new StoredFile("notes.txt", 7))));
    assertThat(collector.execute(plan).files()).as("a second time").isZero();
  }

  @Test
  void nothing_goes_while_a_run_cannot_be_read() throws IOException {
    released(1);
    Files.write(directory.resolve("write-77.tmp"), new byte[5]);
    CollectionPlan before = collector.plan();
    unreadable.add("run x: event 3 is damaged");
    assertThat(collector.execute(before).obstacle().orElseThrow())
        .contains("nothing may be deleted", "run x: event 3 is damaged");
    CollectionPlan plan = collector.plan();
    assertThat(plan.obstacle()).isPresent();
    unreadable.clear();
    assertThat(collector.execute(plan).files()).isZero();
    assertThat(store.inventory().checkpoints()).hasSize(1);
    assertThat(store.inventory().halfWritten()).hasSize(1);
    assertThat(collector.execute(collector.plan()).files()).isEqualTo(2);
  }

  @Test
  void a_saved_one_stays_until_each_of_its_savers_has_released_it() throws IOException {
    StoredCheckpoint one = store.save(numbered(1));
    StoredCheckpoint two = store.save(numbered(1));
    assertThat(collector.plan().files()).isZero();
    assertThat(collector.collect(Set.of(one.sha256())).files()).isZero();
    store.release(one);
    assertThat(collector.collect(Set.of(one.sha256())).files()).isZero();
    store.release(two);
    store.release(two);
    assertThat(collector.collect(Set.of(one.sha256())).files()).isEqualTo(1);
  }

  @Test
  void what_a_fork_is_about_to_refer_to_stays_when_its_parent_drops_it() throws IOException {
    StoredCheckpoint saved = released(1);
    store.pin(saved.sha256());
    assertThat(collector.collect(Set.of(saved.sha256())).files()).isZero();
    store.release(saved.sha256());
    assertThat(collector.collect(Set.of(saved.sha256())).files()).isEqualTo(1);
  }

  @Test
  void one_that_a_run_refers_to_since_the_plan_stays() throws IOException {
    StoredCheckpoint saved = released(1);
    CollectionPlan plan = collector.plan();
    journal.add(saved.sha256());
    assertThat(collector.execute(plan).files()).isZero();
    assertThat(collector.collect(Set.of(saved.sha256())).files()).isZero();
    assertThat(store.load(saved.sha256())).isEqualTo(numbered(1));
  }

  @Test
  void what_is_being_written_is_not_half_written() throws IOException {
    Files.write(directory.resolve("write-9.tmp"), new byte[5]);
    CollectionPlan plan = collector.plan();
    assertThat(store.pins().begin("write-9.tmp")).isTrue();
    assertThat(collector.plan().files()).isZero();
    assertThat(collector.execute(plan).files()).isZero();
    store.pins().end("write-9.tmp");
    assertThat(collector.execute(plan).files()).isEqualTo(1);
  }

  @Test
  void a_plan_names_no_file_outside_and_none_of_another_kind() throws IOException {
    Files.write(directory.resolve("notes.txt"), new byte[7]);
    List<StoredFile> names =
        List.of(new StoredFile("notes.txt", 7), new StoredFile("../" + directory.getFileName(), 0));
    assertThat(collector.execute(new CollectionPlan(List.of(), names, names, List.of())).files())
        .isZero();
    assertThat(directory.resolve("notes.txt")).exists();
  }

  @Test
  void who_saves_what_is_about_to_go_waits_and_writes_it_anew() throws Exception {
    StoredCheckpoint saved = released(1);
    List<Future<StoredCheckpoint>> again = new ArrayList<>();
    CheckpointCollector slow =
        new CheckpointCollector(
            store,
            () -> {
              CompletableFuture<StoredCheckpoint> save =
                  CompletableFuture.supplyAsync(() -> saved(1));
              again.add(save);
              assertThatThrownBy(() -> save.get(200, TimeUnit.MILLISECONDS))
                  .isInstanceOf(TimeoutException.class);
              return references();
            });
    assertThat(slow.collect(Set.of(saved.sha256())).files()).isEqualTo(1);
    assertThat(again.get(0).get()).isEqualTo(saved);
    assertThat(store.load(saved.sha256())).isEqualTo(numbered(1));
  }

  @Test
  void what_was_condemned_can_be_saved_when_the_journal_could_not_be_read() throws IOException {
    StoredCheckpoint saved = released(1);
    CheckpointCollector failing =
        new CheckpointCollector(
            store,
            () -> {
              throw new IllegalStateException("the journal is closed");
            });
    assertThatThrownBy(() -> failing.collect(Set.of(saved.sha256())))
        .hasMessage("the journal is closed");
    assertThat(store.save(numbered(1))).isEqualTo(saved);
  }

  @Test
  void collecting_beside_those_who_save_never_takes_what_the_journal_refers_to() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> savers = new ArrayList<>();
      for (int saver = 0; saver < 3; saver++) {
        int stride = 1 + saver;
        savers.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 150; i++) {
                    StoredCheckpoint saved = saved((long) i * stride % 7);
                    journal.add(saved.sha256());
                    store.release(saved);
                    assertThat(store.flaw(saved.sha256(), saved.bytes())).isEmpty();
                  }
                  return null;
                }));
      }
      Future<?> collecting =
          threads.submit(
              () -> {
                while (!done.get()) {
                  collector.execute(collector.plan());
                }
                return null;
              });
      for (Future<?> saver : savers) {
        saver.get();
      }
      done.set(true);
      collecting.get();
    } finally {
      threads.shutdownNow();
    }
    assertThat(store.inventory().checkpoints()).hasSize(7);
    assertThat(store.inventory().halfWritten()).isEmpty();
  }

  @Test
  void the_references_are_those_of_all_runs_by_digest() {
    Sha256 shared = Sha256.of(new byte[] {1});
    Sha256 dropped = Sha256.of(new byte[] {2});
    RunState parent =
        RunState.empty()
            .apply(new CheckpointSaved(1, 0, dropped, 10))
            .apply(new CheckpointSaved(1, 10, shared, 10))
            .apply(new CheckpointDropped(0, dropped))
            .apply(new CheckpointDropped(10, shared));
    RunState fork = RunState.empty().apply(new CheckpointSaved(1, 10, shared, 10));
    RunList list =
        new RunList(
            List.of(entry("a", parent), entry("b", fork)),
            List.of(new IllegalStateException("run c is damaged")));
    assertThat(CheckpointReferences.of(list))
        .isEqualTo(new CheckpointReferences(Set.of(shared), List.of("run c is damaged")));
  }

  private static RunEntry entry(String run, RunState state) {
    return new RunEntry(new RunId(run), Instant.EPOCH, 1, state);
  }

  private StoredCheckpoint released(long number) {
    StoredCheckpoint saved = saved(number);
    store.release(saved);
    return saved;
  }

  private StoredCheckpoint saved(long number) {
    try {
      return store.save(numbered(number));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A state that differs from those of other numbers. */
  private static List<TensorValue> numbered(long number) {
    byte[] bytes = ByteBuffer.allocate(8).putLong(number).array();
    return List.of(new TensorValue("number", Dtype.I64, List.of(), bytes));
  }
}
