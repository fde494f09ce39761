package io.saltus.persistence.codec;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.Seeds;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.AuditEvent;
import io.saltus.experiment.event.ProbeEvent;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.StudyEvent;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.metric.ArtefactColumn;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.HistogramColumn;
import io.saltus.experiment.metric.I64Column;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import io.saltus.experiment.metric.VectorColumn;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.experiment.provenance.Fingerprint;
import io.saltus.experiment.provenance.InputDigest;
import io.saltus.experiment.spec.Cadence;
import io.saltus.experiment.spec.CheckpointCadence;
import io.saltus.experiment.spec.CheckpointPolicy;
import io.saltus.experiment.spec.Component;
import io.saltus.experiment.spec.DeviceKind;
import io.saltus.experiment.spec.Evaluation;
import io.saltus.experiment.spec.Expectation;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.Isolation;
import io.saltus.experiment.spec.Numerics;
import io.saltus.experiment.spec.OnDivergence;
import io.saltus.experiment.spec.Placing;
import io.saltus.experiment.spec.Sampling;
import io.saltus.experiment.spec.SpecValue;
import io.saltus.experiment.spec.Study;
import io.saltus.experiment.spec.UntilRule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Events with every field set to something of its own, from injected provenance. */
public final class Samples {

  public static final RunId RUN = new RunId("grokking-20260102-7k3f");
  public static final UntilRule RULE =
      new UntilRule(MetricName.accuracyOf("validation"), UntilRule.Bound.AT_LEAST, 0.99, 1000);

  private Samples() {}

  /** By the name of the golden file: an event's simple name, with a variant after a dash. */
  public static SortedMap<String, RunEvent> runEvents() {
    SortedMap<String, RunEvent> samples = new TreeMap<>();
    samples.put(
        "RunSubmitted",
        new RunEvent.RunSubmitted(RUN, spec(), sha("spec"), code(), List.of(), Optional.empty()));
    samples.put(
        "RunSubmitted-forked",
        new RunEvent.RunSubmitted(
            new RunId("b"),
            studySpec(),
            sha("other spec"),
            new CodeProvenance("0.1.0", Optional.empty(), true, Optional.empty()),
            List.of(
                new InputDigest("train-images", 47_040_016, sha("images")),
                new InputDigest("train-labels", 60_008, sha("labels"))),
            Optional.of(new RunEvent.ForkOrigin(RUN, 1200, RunEvent.SlotFate.RESET))));
    samples.put(
        "RunSubmitted-study",
        new RunEvent.RunSubmitted(
            new RunId("d"), withStudy(), sha("spec"), code(), List.of(), Optional.empty()));
    samples.put(
        "RunSubmitted-timed",
        new RunEvent.RunSubmitted(
            new RunId("c"), timedSpec(), sha("spec"), code(), List.of(), Optional.empty()));
    samples.put(
        "RunSubmitted-points",
        new RunEvent.RunSubmitted(
            new RunId("d"), pointsSpec(), sha("spec"), code(), List.of(), Optional.empty()));
    samples.put(
        "RunSubmitted-placing",
        new RunEvent.RunSubmitted(
            new RunId("d"), placingSpec(), sha("spec"), code(), List.of(), Optional.empty()));
    samples.put(
        "RunAnnotated",
        new RunEvent.RunAnnotated(
            new TreeMap<>(Map.of("purpose", "baseline", "étude", "α")),
            List.of("draft"),
            Optional.of("first try\nof two"),
            Optional.of("g"),
            Optional.of("Grokking"),
            Optional.of(false)));
    samples.put(
        "RunAnnotated-nothing",
        new RunEvent.RunAnnotated(
            new TreeMap<>(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
    samples.put(
        "AttemptStarted",
        new RunEvent.AttemptStarted(
            1, List.of(new DeviceId("cpu", 0)), -1, fingerprint(), catalogue()));
    samples.put("MetricsRecorded", new RunEvent.MetricsRecorded(1, frame()));
    samples.put("CheckpointSaved", new RunEvent.CheckpointSaved(1, 500, sha("state"), 412_345));
    samples.put(
        "CheckpointRejected", new RunEvent.CheckpointRejected(500, sha("state"), "it is missing"));
    samples.put("CheckpointDropped", new RunEvent.CheckpointDropped(0, sha("state")));
    samples.put("CatchUpVerified", new RunEvent.CatchUpVerified(2, 501, 523));
    samples.put("Diverged", new RunEvent.Diverged(2, 510, "train.loss", "0.30000001", "0.3"));
    samples.put("HistoryRewound", new RunEvent.HistoryRewound(2, 500));
    samples.put("HistoryRewound-entirely", new RunEvent.HistoryRewound(2, -1));
    samples.put(
        "NonFiniteObserved", new RunEvent.NonFiniteObserved(1, 77, new MetricName("train.loss")));
    samples.put(
        "AttemptEnded",
        new RunEvent.AttemptEnded(1, AttemptEnd.NON_FINITE, "train.loss is NaN at step 77"));
    samples.put(
        "AttemptEnded-preempted",
        new RunEvent.AttemptEnded(2, AttemptEnd.PREEMPTED, "it gave way to run urgent"));
    samples.put(
        "RunImported",
        new RunEvent.RunImported(
            RUN,
            "grokking",
            RunEvent.ImportOrigin.TENSORBOARD,
            new TreeMap<>(Map.of("lr", "0.1", "layers", "2")),
            Optional.of(sha("source")),
            code()));
    samples.put(
        "RunImported-external",
        new RunEvent.RunImported(
            RUN,
            "grokking",
            RunEvent.ImportOrigin.EXTERNAL,
            new TreeMap<>(),
            Optional.empty(),
            code()));
    samples.put("RunExtended", new RunEvent.RunExtended(16_000));
    samples.put("RunDeleted", new RunEvent.RunDeleted());
    samples.put("RunPaused", new RunEvent.RunPaused(640, "SIGINT"));
    samples.put("RunResumed", new RunEvent.RunResumed());
    samples.put("RunCancelled", new RunEvent.RunCancelled(-1, "not needed any more"));
    samples.put("RunCompleted", new RunEvent.RunCompleted(3649, Optional.of(RULE)));
    samples.put("RunCompleted-last-step", new RunEvent.RunCompleted(8000, Optional.empty()));
    samples.put(
        "RunFailed",
        new RunEvent.RunFailed(77, AttemptEnd.NON_FINITE, "train.loss is NaN at step 77"));
    return samples;
  }

  /** By the name of the golden file. */
  public static SortedMap<String, SupervisorEvent> supervisorEvents() {
    SortedMap<String, SupervisorEvent> samples = new TreeMap<>();
    samples.put("RunEnqueued", new SupervisorEvent.RunEnqueued(RUN, "grokking"));
    DeviceId gpu = new DeviceId("gpu", 1);
    samples.put("LeaseGranted", new SupervisorEvent.LeaseGranted(7, List.of(gpu), RUN));
    samples.put(
        "LeaseGranted-several",
        new SupervisorEvent.LeaseGranted(8, List.of(gpu, new DeviceId("gpu", 3)), RUN));
    samples.put(
        "RestartScheduled",
        new SupervisorEvent.RestartScheduled(RUN, AttemptEnd.OUT_OF_MEMORY, 2_150));
    samples.put("RunPreempted", new SupervisorEvent.RunPreempted(RUN, new RunId("urgent")));
    samples.put(
        "DeviceDrained",
        new SupervisorEvent.DeviceDrained(gpu, "three runs in a row were killed on it"));
    samples.put("DeviceRestored", new SupervisorEvent.DeviceRestored(gpu));
    samples.put("DiskRanLow", new SupervisorEvent.DiskRanLow(400_000_000, 1L << 29));
    samples.put("DiskRecovered", new SupervisorEvent.DiskRecovered(1L << 40));
    samples.put("LeaseReleased", new SupervisorEvent.LeaseReleased(7, "the run is complete"));
    samples.put(
        "RunSettled", new SupervisorEvent.RunSettled(RUN, SupervisorEvent.RunOutcome.COMPLETED));
    return samples;
  }

  /** By the name of the golden file. */
  public static SortedMap<String, AuditEvent> auditEvents() {
    SortedMap<String, AuditEvent> samples = new TreeMap<>();
    samples.put(
        "RunVerified",
        new AuditEvent.RunVerified(
            1, 3649, true, 3649, 7, 4, Optional.empty(), fingerprint(), code()));
    samples.put(
        "RunVerified-different",
        new AuditEvent.RunVerified(
            0,
            640,
            false,
            511,
            7,
            0,
            Optional.of(new AuditEvent.Difference(510, "train.loss", "0.30000001", "0.3")),
            fingerprint(),
            new CodeProvenance("0.1.0", Optional.empty(), true, Optional.empty())));
    return samples;
  }

  /** By the name of the golden file. */
  public static SortedMap<String, ProbeEvent> probeEvents() {
    SortedMap<String, ProbeEvent> samples = new TreeMap<>();
    samples.put(
        "ProbeRecorded",
        new ProbeEvent.ProbeRecorded("spectrum", 2, 90, 120, catalogue(), frame()));
    return samples;
  }

  /** By the name of the golden file. */
  public static SortedMap<String, AnalysisEvent> analysisEvents() {
    SortedMap<String, AnalysisEvent> samples = new TreeMap<>();
    samples.put(
        "AnalysisCompleted",
        new AnalysisEvent.AnalysisCompleted(
            "richards",
            3,
            List.of(
                new AnalysisEvent.Parameter("seed", "1"),
                new AnalysisEvent.Parameter("replicates", "999"),
                new AnalysisEvent.Parameter("empty", "")),
            3649,
            121,
            List.of(SampleJumps.tested(), SampleJumps.untested()),
            List.of(SampleJumps.grokking(), SampleJumps.collapse()),
            List.of(SampleJumps.changePoint()),
            code()));
    samples.put(
        "AnalysisCompleted-nothing",
        new AnalysisEvent.AnalysisCompleted(
            "richards",
            1,
            List.of(),
            0,
            1,
            List.of(),
            List.of(),
            List.of(),
            new CodeProvenance("0.1.0", Optional.empty(), true, Optional.empty())));
    samples.put(
        "JumpSuspected",
        new AnalysisEvent.JumpSuspected(
            "focus", 1, new MetricName("validation.accuracy"), 1410, 1322, 31.25, true));
    samples.put(
        "JumpDetected",
        new AnalysisEvent.JumpDetected(
            "focus", 1, new MetricName("validation.accuracy"), 1410, 2601, SampleJumps.grokking()));
    samples.put(
        "JumpWithdrawn",
        new AnalysisEvent.JumpWithdrawn(
            "focus", 1, new MetricName("train.loss"), 730, 902, "it returned within 60 steps"));
    return samples;
  }

  /** By the name of the golden file. */
  public static SortedMap<String, StudyEvent> studyEvents() {
    return SampleStudies.events();
  }

  /** The events of all protocols, by the names of their golden files. */
  public static SortedMap<String, Object> allEvents() {
    SortedMap<String, Object> samples = new TreeMap<>();
    samples.putAll(runEvents());
    samples.putAll(supervisorEvents());
    samples.putAll(auditEvents());
    samples.putAll(probeEvents());
    samples.putAll(analysisEvents());
    samples.putAll(studyEvents());
    return samples;
  }

  public static Sha256 sha(String of) {
    return Sha256.of(of.getBytes(StandardCharsets.UTF_8));
  }

  public static CodeProvenance code() {
    return new CodeProvenance(
        "0.1.0",
        Optional.of("0123456789abcdef0123456789abcdef01234567"),
        false,
        Optional.of(sha("code")));
  }

  public static Fingerprint fingerprint() {
    return new Fingerprint(
        new TreeMap<>(Map.of("threads", "1", "isa", "avx2", "kernel-canary", sha("k").hex())),
        new TreeMap<>(Map.of("jdk", "17.0.15")));
  }

  public static Catalogue catalogue() {
    return new Catalogue(
        List.of(
            metric("train.loss", "train", ColumnKind.F32, "nats", true, false),
            metric("validation.accuracy", "validation", ColumnKind.F32, "", true, true),
            metric("weight-norm", "", ColumnKind.F64, "", true, true),
            metric("wall-seconds", "", ColumnKind.F64, "s", false, true)));
  }

  public static MetricDescriptor metric(
      String name,
      String split,
      ColumnKind kind,
      String unit,
      boolean deterministic,
      boolean afterUpdate) {
    return new MetricDescriptor(
        new MetricName(name), split, kind, 1, unit, "every step", deterministic, afterUpdate);
  }

  /** A frame with a column of each kind, and steps of each shape. */
  public static MetricFrame frame() {
    return new MetricFrame(
        100,
        109,
        List.of(
            new F32Column(
                new MetricName("train.loss"),
                Steps.of(100, 101, 102, 103),
                new float[] {
                  1.5f, -0.0f, Float.intBitsToFloat(0x7fc00001), Float.POSITIVE_INFINITY
                }),
            new F64Column(
                new MetricName("weight-norm"),
                Steps.of(100, 105),
                new double[] {Math.PI, Double.longBitsToDouble(0x7ff8000000000007L)}),
            new I64Column(
                new MetricName("examples"),
                Steps.of(100, 101, 109),
                new long[] {Long.MIN_VALUE, -1, Long.MAX_VALUE}),
            new VectorColumn(
                new MetricName("layer-norms"),
                Steps.of(107),
                3,
                new float[] {0.25f, 0.5f, Float.MIN_VALUE}),
            new HistogramColumn(
                new MetricName("gradients"),
                Steps.of(100, 109),
                new double[] {Double.NEGATIVE_INFINITY, 0, 1e-3},
                new long[] {0, 300, 7, 1}),
            new ArtefactColumn(
                new MetricName("attention"), Steps.of(109), List.of(sha("a picture")))));
  }

  public static ExperimentSpec spec() {
    return spec(CheckpointPolicy.DEFAULT);
  }

  private static ExperimentSpec timedSpec() {
    return spec(
        new CheckpointPolicy(
            new CheckpointCadence.EveryTime(Duration.ofSeconds(90)),
            2,
            Optional.empty(),
            Optional.of(
                new CheckpointPolicy.KeepBest(
                    new MetricName("validation.loss"), CheckpointPolicy.BestMode.MIN))));
  }

  private static ExperimentSpec pointsSpec() {
    return spec(
        CheckpointPolicy.DEFAULT,
        component(
            "sgd",
            Map.of(
                "none",
                new SpecValue.Points(List.of()),
                "piecewise",
                new SpecValue.Points(
                    List.of(
                        new SpecValue.Point(1000, 1e-3),
                        new SpecValue.Point(Long.MAX_VALUE, 1e-4))))));
  }

  private static ExperimentSpec placingSpec() {
    return spec(
        CheckpointPolicy.DEFAULT,
        component("adamw", Map.of()),
        new Placing(-1000, DeviceKind.GPU, Optional.of(2), Optional.of(1L << 50)));
  }

  private static ExperimentSpec spec(CheckpointPolicy checkpoint) {
    return spec(checkpoint, component("adamw", Map.of("learning-rate", new SpecValue.Real(5e-3))));
  }

  private static ExperimentSpec spec(CheckpointPolicy checkpoint, Component optimizer) {
    return spec(checkpoint, optimizer, Placing.DEFAULT);
  }

  private static ExperimentSpec spec(
      CheckpointPolicy checkpoint, Component optimizer, Placing placing) {
    return new ExperimentSpec(
        "grokking",
        "A network memorises, and long after understands",
        component(
            "modular-arithmetic",
            Map.of(
                "operation", new SpecValue.Text("add"),
                "modulus", new SpecValue.Whole(97),
                "train-fraction", new SpecValue.Real(0.3))),
        component(
            "mlp", Map.of("width", new SpecValue.Whole(128), "bias", new SpecValue.Flag(true))),
        optimizer,
        512,
        Sampling.WITH_REPLACEMENT,
        8000,
        Seeds.of(1),
        List.of(RULE),
        new Evaluation(
            new Cadence.Every(1), new TreeMap<>(Map.of("train-set", new Cadence.Every(10)))),
        checkpoint,
        ExperimentSpec.Resume.DEFAULT,
        new Numerics(1, Numerics.Isa.NATIVE),
        "auto",
        placing,
        Isolation.AUTO,
        OnDivergence.FAIL,
        Optional.empty(),
        new ExperimentSpec.Plot(true));
  }

  static ExperimentSpec studySpec() {
    return new ExperimentSpec(
        "weight-decay",
        "",
        component("t", Map.of()),
        component("m", Map.of()),
        component("o", Map.of("decay", new SpecValue.Real(-0.0), "shift", new SpecValue.Whole(-5))),
        1,
        Sampling.FULL_BATCH,
        Long.MAX_VALUE,
        new Seeds(1, -2, Long.MAX_VALUE, Long.MIN_VALUE),
        List.of(
            new UntilRule(new MetricName("train.loss"), UntilRule.Bound.AT_MOST, 1e-3, 1), RULE),
        new Evaluation(
            new Cadence.PerDecade(50),
            new TreeMap<>(
                Map.of("train-set", new Cadence.Every(7), "validation", new Cadence.PerDecade(3)))),
        new CheckpointPolicy(
            new CheckpointCadence.EverySteps(500),
            1,
            Optional.of(1_000L),
            Optional.of(
                new CheckpointPolicy.KeepBest(
                    new MetricName("validation.accuracy"), CheckpointPolicy.BestMode.MAX))),
        new ExperimentSpec.Resume(0),
        new Numerics(8, Numerics.Isa.AVX2),
        "gpu:1",
        Placing.DEFAULT,
        Isolation.PROCESS,
        OnDivergence.CONTINUE_FLAGGED,
        Optional.of(
            new Study(
                new TreeMap<>(Map.of("optimizer.weight-decay", List.of("0", "0.1", "1"))),
                List.of(1L, 2L, -3L))),
        new ExperimentSpec.Plot(false));
  }

  /** A study with everything that a study can have. */
  static ExperimentSpec withStudy() {
    ExperimentSpec plain = spec();
    Study study =
        new Study(
            new TreeMap<>(
                Map.of(
                    "batch-size", List.of("1", "2"),
                    "optimizer.weight-decay", List.of("0", "0.1"),
                    "task.operation", List.of("add", "mul"))),
            List.of(List.of("batch-size", "optimizer.weight-decay")),
            new TreeMap<>(
                Map.of("batch-size", new TreeMap<>(Map.of("task.operation", List.of("mul"))))),
            List.of(1L, 2L),
            new TreeSet<>(List.of("data", "order")),
            expectations());
    return new ExperimentSpec(
        plain.experiment(),
        plain.title(),
        plain.task(),
        plain.model(),
        plain.optimizer(),
        plain.batchSize(),
        plain.sampling(),
        plain.steps(),
        plain.seeds(),
        plain.until(),
        plain.evaluate(),
        plain.checkpoint(),
        plain.resume(),
        plain.numerics(),
        plain.device(),
        plain.placing(),
        plain.isolation(),
        plain.onDivergence(),
        Optional.of(study),
        plain.plot());
  }

  /** One of each claim, of each measure. */
  private static List<Expectation> expectations() {
    String reaches = "metric = validation.accuracy, reaches = 0.99";
    return Stream.of(
            "{ id = delay, ratio = [{ %s }, { metric = train.loss, falls-to = 0.5, for-steps = 9 }],"
                + " at-least = 3, where = { \"task.operation\" = [add] }, in = 4 of 5 }",
            "{ id = never, title = t, %s, never = true }",
            "{ id = at, metric = train.loss, at = { %s }, along = batch-size, order = rising }",
            "{ id = less, metric = train.loss, take = min, along = batch-size, from = 1, to = 2,"
                + " at-least = -1e-300 }",
            "{ id = jump, metric = train.loss, jump = loss-spike, sharp = true, present = false }")
        .map(text -> Expectation.parse(text.formatted(reaches)))
        .toList();
  }

  private static Component component(String kind, Map<String, SpecValue> parameters) {
    return new Component(kind, new TreeMap<>(parameters));
  }
}
