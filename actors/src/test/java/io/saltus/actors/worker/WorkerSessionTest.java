package io.saltus.actors.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.session.Chunk;
import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.SessionLostException;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.experiment.session.UntilProgress;
import io.saltus.testkit.ScriptedProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions in real child processes. */
@Timeout(120)
class WorkerSessionTest {

  private static final long LAST = 100;
  private static final WorkerLimits SHORT =
      new WorkerLimits(
          Duration.ofSeconds(60),
          Duration.ofMillis(500),
          1,
          Duration.ofMillis(50),
          Duration.ofMillis(100));

  private final List<WorkerProcess> started = new ArrayList<>();

  @AfterEach
  void nobodyIsLeftBehind() {
    started.forEach(WorkerProcess::close);
    assertThat(started).noneMatch(worker -> alive(worker.pid()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 7, 100})
  void a_session_in_a_worker_gives_what_it_gives_in_this_process(long size) throws IOException {
    try (TrainingSession here = new ScriptedProgram(ScriptedWorker.script()).open(request());
        TrainingSession there = open(start("nothing", WorkerLimits.DEFAULT))) {
      assertThat(there.catalogue()).isEqualTo(here.catalogue());
      assertThat(there.fingerprint()).isEqualTo(here.fingerprint());
      assertThat(there.variables()).isEqualTo(here.variables());
      assertThat(there.weights()).isEqualTo(here.weights());
      assertThat(there.capabilities()).isEqualTo(here.capabilities());
      assertThat(there.step()).isEqualTo(here.step()).isEqualTo(-1);
      for (long first = 0; first <= LAST; first += size) {
        Chunk chunk = chunk(first, Math.min(LAST, first + size - 1));
        assertThat(there.run(chunk)).isEqualTo(here.run(chunk));
        assertThat(there.step()).isEqualTo(here.step());
      }
      assertThat(there.read(Set.of("state"))).isEqualTo(here.read(Set.of("state")));
    }
  }

  @Test
  void a_state_of_several_pieces_is_put_back_into_another_worker() throws IOException {
    try (TrainingSession first = open(start("nothing", WorkerLimits.DEFAULT));
        TrainingSession second = open(start("nothing", WorkerLimits.DEFAULT))) {
      first.run(chunk(0, 40));
      second.restore(40, first.read(Set.of("state")));
      assertThat(second.step()).isEqualTo(40);
      assertThat(second.run(chunk(41, LAST))).isEqualTo(first.run(chunk(41, LAST)));
    }
  }

  @Test
  void what_a_session_refuses_is_said_as_it_said_it_and_the_session_goes_on() throws IOException {
    try (TrainingSession session = open(start("nothing", WorkerLimits.DEFAULT))) {
      assertThatThrownBy(() -> session.read(Set.of("other")))
          .isExactlyInstanceOf(SessionException.class)
          .hasMessage("there is no variable other");
      assertThat(session.run(chunk(0, 3)).until()).isEqualTo(3);
    }
  }

  @Test
  void an_error_in_a_session_is_an_unexpected_failure() throws IOException {
    TrainingSession session = open(start("error", WorkerLimits.DEFAULT));
    assertThatThrownBy(() -> session.run(chunk(0, LAST)))
        .isExactlyInstanceOf(SessionException.class)
        .hasMessageContaining("StackOverflowError: too deep");
    session.close();
  }

  @Test
  void what_is_printed_in_a_worker_is_kept_as_evidence_and_disturbs_nothing() throws IOException {
    WorkerProcess worker = start("print", WorkerLimits.DEFAULT);
    TrainingSession session = open(worker);
    assertThat(session.run(chunk(0, LAST)).until()).isEqualTo(LAST);
    session.close();
    assertThat(worker.errors()).contains("a library says hello");
  }

  @Test
  void garbage_on_the_wire_ends_the_worker_and_names_what_was_wrong() throws IOException {
    assertThat(lost("garbage", WorkerLimits.DEFAULT))
        .satisfies(e -> assertThat(e.end()).isEqualTo(AttemptEnd.EXCEPTION))
        .hasMessageContaining("something else was written");
  }

  @Test
  void an_exhausted_heap_is_named() throws IOException {
    assertThat(lost("heap", WorkerLimits.DEFAULT).end()).isEqualTo(AttemptEnd.HEAP_EXHAUSTED);
  }

  @Test
  void a_worker_that_ends_by_itself_says_its_status() throws IOException {
    assertThat(lost("exit", WorkerLimits.DEFAULT))
        .satisfies(e -> assertThat(e.end()).isEqualTo(AttemptEnd.EXCEPTION))
        .hasMessageContaining("status 9");
  }

  @Test
  void a_chunk_that_hangs_is_given_up_and_its_worker_killed() throws IOException {
    WorkerProcess worker = start("hang", SHORT);
    TrainingSession session = open(worker, SHORT);
    session.run(chunk(0, 0));
    SessionLostException lost =
        catchThrowableOfType(SessionLostException.class, () -> session.run(chunk(1, LAST)));
    assertThat(lost.end()).isEqualTo(AttemptEnd.HUNG);
    assertThat(lost).hasMessageContaining("still gave signs of life");
    assertThat(alive(worker.pid())).isFalse();
  }

  @Test
  void a_worker_that_is_stopped_gives_no_signs_of_life_and_is_killed() throws IOException {
    WorkerProcess worker = start("stop", SHORT);
    TrainingSession session = open(worker, SHORT);
    session.run(chunk(0, 0));
    SessionLostException lost =
        catchThrowableOfType(SessionLostException.class, () -> session.run(chunk(1, LAST)));
    assertThat(lost.end()).isEqualTo(AttemptEnd.HUNG);
    assertThat(lost).hasMessageContaining("gave no signs of life");
    assertThat(alive(worker.pid())).isFalse();
  }

  @Test
  void a_stopped_worker_that_reads_nothing_does_not_hold_its_parent_up() throws IOException {
    WorkerLimits impatient =
        new WorkerLimits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            1,
            Duration.ofMillis(50),
            Duration.ofMillis(100));
    WorkerProcess worker = start("nothing", impatient);
    TrainingSession session = open(worker, impatient);
    session.run(chunk(0, 5));
    List<TensorValue> state = session.read(Set.of("state"));
    signal(worker, "STOP");
    SessionLostException lost =
        catchThrowableOfType(SessionLostException.class, () -> session.restore(5, state));
    assertThat(lost.end()).isEqualTo(AttemptEnd.HUNG);
    assertThat(lost).hasMessageContaining("read nothing");
  }

  @Test
  void time_in_which_the_parent_itself_stood_still_is_no_hang() throws IOException {
    // Each look comes an hour after the one before, as after a long stop.
    AtomicLong hours = new AtomicLong();
    LongSupplier clock =
        () -> System.nanoTime() + hours.incrementAndGet() * Duration.ofHours(1).toNanos();
    WorkerLimits limits =
        new WorkerLimits(
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            1,
            Duration.ofMillis(50),
            Duration.ofMillis(100));
    WorkerProcess worker =
        WorkerProcess.start(
            ScriptedWorker.command("slow"), limits, clock, new OutOfMemoryKills(List.of()));
    started.add(worker);
    try (TrainingSession session =
        new WorkerSession(
            worker,
            request(),
            List.of(),
            limits,
            System::nanoTime,
            said -> Optional.empty(),
            worker::close)) {
      long before = hours.get();
      assertThat(session.run(chunk(0, LAST)).until()).isEqualTo(LAST);
      assertThat(hours.get()).as("looks during the chunk").isGreaterThan(before + 2);
    }
  }

  @Test
  void a_worker_that_is_killed_was_killed_by_nobody_knows_whom() throws IOException {
    assertThat(signalled("KILL").end()).isEqualTo(AttemptEnd.KILLED);
  }

  @Test
  void a_crash_in_native_code_is_named() throws IOException {
    assertThat(signalled("SEGV").end()).isEqualTo(AttemptEnd.NATIVE_ABORT);
  }

  @Test
  void a_worker_that_aborts_was_ended_by_native_code_and_the_signal_is_named() throws IOException {
    SessionLostException lost = signalled("ABRT");
    assertThat(lost.end()).isEqualTo(AttemptEnd.NATIVE_ABORT);
  }

  @Test
  void a_device_that_is_lost_in_a_worker_is_said_over_the_wire() throws IOException {
    assertThat(lost("device-lost", WorkerLimits.DEFAULT))
        .satisfies(e -> assertThat(e.end()).isEqualTo(AttemptEnd.DEVICE_LOST))
        .hasMessage("the GPU was lost");
  }

  @Test
  void an_abort_after_words_of_a_lost_gpu_is_a_lost_device_on_a_gpu_only() throws IOException {
    assertThat(aborted("gpu:0"))
        .satisfies(e -> assertThat(e.end()).isEqualTo(AttemptEnd.DEVICE_LOST))
        .hasMessageContaining("It had said CUDA_ERROR_ECC_UNCORRECTABLE.");
    assertThat(aborted("cpu:0").end()).isEqualTo(AttemptEnd.NATIVE_ABORT);
  }

  @Test
  void what_a_lost_worker_said_last_is_kept_and_its_place_is_named() throws IOException {
    List<String> kept = new ArrayList<>();
    WorkerProcess worker = start("cuda-abort", WorkerLimits.DEFAULT);
    TrainingSession session =
        new WorkerSession(
            worker,
            request(),
            List.of(),
            WorkerLimits.DEFAULT,
            System::nanoTime,
            said -> {
              kept.add(said);
              return Optional.of("logs/r1.5.stderr");
            },
            worker::close);
    assertThatThrownBy(() -> session.run(chunk(0, LAST)))
        .hasMessageEndingWith(" Its last words are in logs/r1.5.stderr.");
    session.close();
    assertThat(kept).singleElement().asString().contains("CUDA_ERROR_ECC_UNCORRECTABLE");
  }

  private SessionLostException aborted(String device) throws IOException {
    WorkerProcess worker = start("cuda-abort", WorkerLimits.DEFAULT);
    TrainingSession session =
        new WorkerSession(
            worker,
            new SessionRequest(
                ScriptedProgram.spec(LAST), List.of(DeviceId.parse(device)), new TreeMap<>()),
            List.of(),
            WorkerLimits.DEFAULT,
            System::nanoTime,
            said -> Optional.empty(),
            worker::close);
    return catchThrowableOfType(SessionLostException.class, () -> session.run(chunk(0, LAST)));
  }

  @Test
  void a_worker_ends_within_five_seconds_when_its_parent_is_killed() throws Exception {
    Process parent =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                AbandoningParent.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.US_ASCII))) {
      ProcessHandle worker = ProcessHandle.of(Long.parseLong(said.readLine().trim())).orElseThrow();
      assertThat(worker.isAlive()).isTrue();
      parent.destroyForcibly().waitFor();
      worker.onExit().get(5, TimeUnit.SECONDS);
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void a_worker_is_this_process_child_in_a_session_of_its_own() throws IOException {
    WorkerProcess worker = start("nothing", WorkerLimits.DEFAULT);
    try (TrainingSession session = open(worker)) {
      assertThat(session.step()).isEqualTo(-1);
      // pid (comm) state ppid pgrp session
      String[] stat =
          Files.readString(Path.of("/proc/" + worker.pid() + "/stat"))
              .replaceFirst("^.*\\) ", "")
              .split(" ", -1);
      assertThat(stat[1]).isEqualTo(Long.toString(ProcessHandle.current().pid()));
      assertThat(stat[3]).isEqualTo(Long.toString(worker.pid()));
    }
  }

  private SessionLostException lost(String fault, WorkerLimits limits) throws IOException {
    TrainingSession session = open(start(fault, limits), limits);
    return catchThrowableOfType(SessionLostException.class, () -> session.run(chunk(0, LAST)));
  }

  private SessionLostException signalled(String signal) throws IOException {
    WorkerProcess worker = start("nothing", WorkerLimits.DEFAULT);
    TrainingSession session = open(worker);
    session.run(chunk(0, 5));
    signal(worker, signal);
    ProcessHandle.of(worker.pid()).ifPresent(handle -> handle.onExit().join());
    return catchThrowableOfType(SessionLostException.class, () -> session.run(chunk(6, LAST)));
  }

  private static void signal(WorkerProcess worker, String signal) throws IOException {
    Process kill =
        new ProcessBuilder("kill", "-" + signal, Long.toString(worker.pid())).inheritIO().start();
    assertThat(kill.onExit().join().exitValue()).isZero();
  }

  private WorkerProcess start(String fault, WorkerLimits limits) throws IOException {
    WorkerProcess worker =
        WorkerProcess.start(
            ScriptedWorker.command(fault),
            limits,
            System::nanoTime,
            new OutOfMemoryKills(List.of()));
    started.add(worker);
    return worker;
  }

  private static TrainingSession open(WorkerProcess worker) {
    return open(worker, WorkerLimits.DEFAULT);
  }

  private static TrainingSession open(WorkerProcess worker, WorkerLimits limits) {
    return new WorkerSession(
        worker,
        request(),
        List.of(),
        limits,
        System::nanoTime,
        said -> Optional.empty(),
        worker::close);
  }

  private static SessionRequest request() {
    return new SessionRequest(
        ScriptedProgram.spec(LAST), List.of(DeviceId.parse("cpu:0")), new TreeMap<>());
  }

  private static Chunk chunk(long first, long last) {
    return new Chunk(first, last, LAST, UntilProgress.of(List.of()));
  }

  private static boolean alive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
