package io.saltus.app.cli;

import io.saltus.app.json.Json;
import io.saltus.app.problem.Nearest;
import io.saltus.app.problem.Refusal;
import io.saltus.app.text.TextTable;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.ShippedSpec;
import io.saltus.experiment.spec.ShippedSpecs;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists the shipped specs, or prints one. */
@Command(name = "specs", description = "List the shipped specs, or print one with its comments.")
final class SpecsCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "A shipped spec.")
  private Optional<String> name = Optional.empty();

  SpecsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    boolean json = invocation.json();
    List<ShippedSpec> specs = name.map(given -> List.of(find(given))).orElseGet(ShippedSpecs::all);
    if (json) {
      List<Program> programs = invocation.programs();
      specs.forEach(spec -> invocation.print(line(spec, programs)));
    } else if (name.isPresent()) {
      invocation.print(specs.get(0).text().stripTrailing());
    } else {
      TextTable table = TextTable.of("spec", "title");
      specs.forEach(spec -> table.row(spec.name(), spec.title()));
      invocation.print(table.lines());
    }
    return 0;
  }

  private static ShippedSpec find(String name) {
    return ShippedSpecs.find(name)
        .orElseThrow(
            () ->
                Refusal.wrong(
                    "unknown spec '" + name + "'",
                    "saltus specs",
                    Nearest.question(name, ShippedSpecs.names())
                        + " Known are "
                        + String.join(", ", ShippedSpecs.names())
                        + "."));
  }

  private static String line(ShippedSpec shipped, List<Program> programs) {
    ExperimentSpec spec = new SpecChoice(shipped.name()).read(programs).spec();
    List<MetricName> metrics =
        programs.stream()
            .filter(program -> program.supports(spec))
            .findFirst()
            .map(program -> program.metrics(spec))
            .orElse(List.of());
    return Json.line(
        json ->
            json.put("spec", shipped.name())
                .put("title", shipped.title())
                .array("metrics", array -> metrics.forEach(metric -> array.add(metric.value())))
                .putNull("seconds"));
  }
}
