package io.saltus.app.cli;

import io.saltus.app.problem.Nearest;
import io.saltus.app.problem.Refusal;
import io.saltus.app.report.ShippedSpecJson;
import io.saltus.app.text.TextTable;
import io.saltus.experiment.session.Program;
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
      specs.forEach(spec -> invocation.print(ShippedSpecJson.line(spec, programs)));
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
}
