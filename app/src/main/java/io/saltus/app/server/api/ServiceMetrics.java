package io.saltus.app.server.api;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.saltus.app.server.live.LiveRun;
import io.saltus.app.server.live.Streams;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.persistence.projection.SupervisorState;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Figures of the service for those who watch over it. */
final class ServiceMetrics implements AutoCloseable {

  static final String TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();

  ServiceMetrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  /** Counts what stands in the home. */
  void watch(HomeReads reads, Streams streams) {
    for (RunStatus status : RunStatus.values()) {
      gauge(
          "saltus.runs",
          "Runs of the home",
          List.of(Tag.of("status", status.text())),
          () -> reads.feed().isReady() ? count(reads.feed().runs().all(), status) : 0);
    }
    gauge(
        "saltus.journal.offset",
        "Offset of the last durable event",
        List.of(),
        () -> reads.journal().durableOffset());
    gauge(
        "saltus.leases",
        "Devices in the hands of runs",
        List.of(),
        () -> reads.feed().isReady() ? leases(reads.feed().devices().now().state()) : 0);
    gauge(
        "saltus.steps.rate",
        "Steps a second of all runs at work, as last recorded",
        List.of(),
        () -> reads.feed().isReady() ? rate(reads.feed().runs().all()) : 0);
    gauge("saltus.streams", "Streams that are read", List.of(), streams::open);
  }

  private interface Figure {
    double now();
  }

  private void gauge(String name, String description, List<Tag> tags, Figure figure) {
    MeterRegistry to = registry;
    Gauge.builder(name, figure, Figure::now)
        .description(description)
        .tags(tags)
        .strongReference(true)
        .register(to);
  }

  private static double count(List<LiveRun> runs, RunStatus status) {
    return runs.stream().filter(run -> run.state().status() == status).count();
  }

  private static double leases(SupervisorState state) {
    return state.leases().values().stream().mapToLong(lease -> lease.devices().size()).sum();
  }

  private static double rate(List<LiveRun> runs) {
    return runs.stream().mapToDouble(run -> run.stepsPerSecond().orElse(0)).sum();
  }

  /**
   * A request was answered.
   *
   * @param route the template of its path, never the path itself
   */
  void answered(String method, String route, int status, long nanos) {
    Timer.builder("saltus.http.requests")
        .description("Requests that were answered")
        .tag("method", method)
        .tag("route", route)
        .tag("status", Integer.toString(status))
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /** All of it, as OpenMetrics. */
  String text() {
    return registry.scrape("application/openmetrics-text; version=1.0.0; charset=utf-8");
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
