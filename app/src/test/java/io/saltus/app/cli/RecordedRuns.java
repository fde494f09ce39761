package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.saltus.app.Programs;
import io.saltus.app.cli.Console.Outcome;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.session.Program;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes a home in which everything has happened to runs that can happen to them. */
final class RecordedRuns {

  static final String SCRIPTED =
      """
      experiment = scripted
      task { kind = scripted }
      model { kind = scripted }
      optimizer { kind = scripted }
      steps = 200
      evaluate { every = 10 }
      checkpoint { every = "20 steps", keep-last = 2 }
      """;

  private static final String TINY =
      """
      include "grokking"
      experiment = tiny
      task.modulus = 7
      model.width = 4
      batch-size = 8
      steps = 120
      until = null
      evaluate { every = 5 }
      checkpoint { every = "40 steps", keep-last = 2 }
      """;

  private static final MetricName LOSS = new MetricName("train.loss");

  private final Path directory;
  private final Console console;
  private String imported = "";

  private RecordedRuns(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
    console = new Console(directory).variable("SALTUS_HOME", home().toString());
    Files.writeString(directory.resolve("scripted.conf"), SCRIPTED);
    Files.writeString(directory.resolve("tiny.conf"), TINY);
  }

  /** Records in an empty directory and returns the home. */
  static Path record(Path directory) throws Exception {
    RecordedRuns runs = new RecordedRuns(directory);
    runs.completed();
    runs.forked();
    runs.killedAndResumed();
    runs.pausedResumedAndExtended();
    runs.divergedAndFlagged();
    runs.divergedAndFailed();
    runs.notFinite();
    runs.withDamagedCheckpoints();
    runs.cancelled();
    runs.deleted();
    runs.imported();
    // Tables of merged events; what follows stands in the log, as in a home that is used.
    runs.expect(0, "journal compact");
    runs.interrupted();
    runs.expect(0, "note completed looked at it twice".split(" ", 3));
    runs.requireEveryEvent();
    return runs.home();
  }

  private Path home() {
    return directory.resolve("home");
  }

  /** A network in training, verified, and with people's words on it. */
  private void completed() {
    console.programs(RecordedRuns::disguised);
    expect(0, "run tiny.conf --name completed --tag kind=recorded --tag also=this");
    expect(0, "verify completed");
    expect(0, "verify completed --from 50 --until 70");
    expect(0, "tag completed seen=yes --remove also");
    expect(0, "rename completed Complete");
    expect(0, "archive completed");
  }

  /** From a step without a checkpoint, with another optimiser; then without a change. */
  private void forked() {
    console.programs(RecordedRuns::disguised);
    expect(
        0,
        "fork completed --step 100 --name forked --steps 160 --set optimizer.learning-rate=1e-3"
            + " --set optimizer.weight-decay=0.5");
    expect(0, "fork completed --step 60 --name unchanged");
  }

  private void killedAndResumed() throws Exception {
    kill("killed");
    console.script(Script.learning());
    expect(0, "resume killed");
  }

  private void interrupted() throws Exception {
    kill("interrupted");
  }

  private void kill(String name) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                RecordedRuns.class.getName(),
                directory.toString(),
                name)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                console
                    .run("show", name, "--format", "json")
                    .out()
                    .contains("{\"step\":80,\"bytes\":"));
    process.destroyForcibly().waitFor();
  }

  /** Runs until step 95 and hangs there, in a process that will be killed. */
  public static void main(String[] arguments) throws IOException {
    RecordedRuns runs = new RecordedRuns(Path.of(arguments[0]));
    runs.console.script(Script.learning().with(95, Mishap.Hang.once()));
    runs.expect(0, "run scripted.conf --name " + arguments[1]);
  }

  /** Reaches its rule of {@code until} after the pause, and goes on beyond it. */
  private void pausedResumedAndExtended() throws Exception {
    CountDownLatch fifty = new CountDownLatch(1);
    // Slow from then on: the pause is to find it before the rule does.
    console.script(
        Script.learning()
            .beforeStep(
                step -> {
                  if (step >= 50) {
                    fifty.countDown();
                    pauseFor(Duration.ofMillis(50));
                  }
                }));
    Files.writeString(
        directory.resolve("until.conf"),
        SCRIPTED
            + "until = [ { metric = train.accuracy, at-least = 0.99, for-steps = 10 } ]\nseed = 2\n");
    CompletableFuture<Outcome> run =
        CompletableFuture.supplyAsync(
            () ->
                console.run(
                    "run",
                    directory.resolve("until.conf").toString(),
                    "--name",
                    "paused",
                    "--format",
                    "json"));
    fifty.await();
    expect(0, "pause paused");
    assertThat(run.get().out()).contains("\"status\":\"paused\"");
    console.script(Script.learning());
    expect(0, "resume paused");
    expect(0, "extend paused --steps 230");
  }

  private static void pauseFor(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void divergedAndFlagged() {
    console.script(Script.learning().with(90, new Mishap.Failure("out of luck")));
    expect(1, "run scripted.conf --name flagged --seed 3 --set on-divergence=continue-flagged");
    console.script(Script.learning().differing(LOSS, 70, 0.25, 1));
    expect(0, "resume flagged");
  }

  private void divergedAndFailed() {
    console.script(Script.learning().with(90, new Mishap.Failure("out of luck")));
    expect(1, "run scripted.conf --name diverged --seed 4");
    console.script(Script.learning().differing(LOSS, 70, 0.25, 1).withCanary("another", 1));
    expect(3, "resume diverged");
  }

  private void notFinite() {
    console.script(Script.learning().with(33, new Mishap.Value(LOSS, Double.NaN)));
    expect(1, "run scripted.conf --name not-finite --seed 5");
  }

  private void withDamagedCheckpoints() throws IOException {
    Set<Path> others = Set.copyOf(checkpoints());
    console.script(Script.learning());
    expect(0, "run scripted.conf --name damaged --seed 6");
    for (Path file : checkpoints()) {
      if (!others.contains(file)) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
      }
    }
    expect(0, "extend damaged --steps 233");
  }

  private List<Path> checkpoints() throws IOException {
    try (Stream<Path> files = Files.list(home().resolve("checkpoints"))) {
      return files.toList();
    }
  }

  private void cancelled() throws Exception {
    kill("cancelled");
    expect(0, "cancel cancelled");
  }

  private void deleted() {
    console.script(Script.learning());
    expect(0, "run scripted.conf --name deleted --seed 7 --steps 20");
    expect(0, "delete deleted --yes");
  }

  /** A log of another program. */
  private void imported() throws IOException {
    Path log = Files.writeString(directory.resolve("log.csv"), "step,loss\n0,1.5\n10,0.25\n");
    Outcome outcome = console.run("import", "--from", "csv", log.toString(), "--format", "json");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    imported = outcome.out().replaceFirst("(?s)^\\{\"run\":\"([^\"]*)\".*", "$1");
  }

  /** All that a run can go through, but its deletion, after which nothing is shown. */
  private void requireEveryEvent() {
    Set<String> permitted =
        Arrays.stream(RunEvent.class.getPermittedSubclasses())
            .map(Class::getSimpleName)
            .filter(name -> !name.equals("RunDeleted"))
            .collect(Collectors.toSet());
    StringBuilder events = new StringBuilder();
    for (String run :
        List.of(
            "completed",
            "forked",
            "unchanged",
            "killed",
            "paused",
            "flagged",
            "diverged",
            "not-finite",
            "damaged",
            "cancelled",
            "interrupted",
            imported)) {
      events.append(console.run("events", run, "--format", "json").out());
    }
    assertThat(permitted)
        .allSatisfy(name -> assertThat(events).contains("\"type\":\"" + name + "\""));
  }

  private static List<Program> disguised(List<Path> jars) {
    List<Program> programs = new ArrayList<>();
    programs.add(new ScriptedProgram(Script.learning()));
    Programs.installed().find(jars).forEach(program -> programs.add(new Disguise(program)));
    return programs;
  }

  private void expect(int code, String command) {
    expect(
        code,
        Arrays.stream(command.split(" "))
            .map(word -> word.endsWith(".conf") ? directory.resolve(word).toString() : word)
            .toArray(String[]::new));
  }

  private void expect(int code, String... arguments) {
    Outcome outcome = console.run(arguments);
    assertThat(outcome.code())
        .as(String.join(" ", arguments) + ": " + outcome.out() + outcome.err())
        .isEqualTo(code);
  }
}
