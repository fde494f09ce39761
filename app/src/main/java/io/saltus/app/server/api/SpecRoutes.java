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
  private final Tags tags;

  SpecRoutes(HomeReads reads, Tags tags) {
    this.reads = reads;
    this.tags = tags;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/specs", "The shipped specs", this::list).giving("SpecList").tagged(),
        Route.get("/api/v1/specs/{spec}", "A shipped spec with its comments", this::one)
            .giving("Spec")
            .tagged());
  }

  private Answer list(Call call) {
    return tags.lasting(call, () -> Answer.json(list()));
  }

  private String list() {
    return Json.line(
        json ->
            json.array(
                "specs",
                all ->
                    ShippedSpecs.all()
                        .forEach(
                            spec -> all.addRaw(ShippedSpecJson.line(spec, reads.programs())))));
  }

  private Answer one(Call call) {
    String name = call.names().getOrDefault("spec", "");
    ShippedSpec spec = ShippedSpecs.find(name).orElseThrow(() -> unknown(name));
    return tags.lasting(call, () -> Answer.json(line(spec)));
  }

  private String line(ShippedSpec spec) {
    return Json.line(
        json ->
            json.put("spec", spec.name())
                .put("title", spec.title())
                .put("text", spec.text())
                .put(
                    "resolved",
                    ShippedSpecJson.resolved(spec, reads.programs())
                        .map(SpecRenderer::render)
                        .orElse(null)));
  }

  static HttpProblem unknown(String name) {
    return HttpProblem.unknown(
        "spec",
        ("there is no such shipped spec. " + Nearest.question(name, ShippedSpecs.names())).strip());
  }
}
