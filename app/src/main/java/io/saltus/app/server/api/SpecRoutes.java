package io.saltus.app.server.api;

import io.saltus.app.json.Json;
import io.saltus.app.problem.Nearest;
import io.saltus.app.report.ShippedSpecJson;
import io.saltus.app.server.http.Answer;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.experiment.spec.ShippedSpec;
import io.saltus.experiment.spec.ShippedSpecs;
import io.saltus.experiment.spec.SpecRenderer;
import java.util.List;

/** The shipped specs. */
final class SpecRoutes {

  private final HomeReads reads;

  SpecRoutes(HomeReads reads) {
    this.reads = reads;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/specs", "The shipped specs", this::list),
        Route.get("/api/v1/specs/{spec}", "A shipped spec with its comments", this::one));
  }

  private Answer list(Call call) {
    return Answer.json(
        Json.line(
            json ->
                json.array(
                    "specs",
                    all ->
                        ShippedSpecs.all()
                            .forEach(
                                spec ->
                                    all.addRaw(ShippedSpecJson.line(spec, reads.programs()))))));
  }

  private Answer one(Call call) {
    String name = call.names().getOrDefault("spec", "");
    ShippedSpec spec = ShippedSpecs.find(name).orElseThrow(() -> unknown(name));
    return Answer.json(
        Json.line(
            json ->
                json.put("spec", spec.name())
                    .put("title", spec.title())
                    .put("text", spec.text())
                    .put(
                        "resolved",
                        ShippedSpecJson.resolved(spec, reads.programs())
                            .map(SpecRenderer::render)
                            .orElse(null))));
  }

  static HttpProblem unknown(String name) {
    return HttpProblem.unknown(
        "spec",
        ("there is no such shipped spec. " + Nearest.question(name, ShippedSpecs.names())).strip());
  }
}
