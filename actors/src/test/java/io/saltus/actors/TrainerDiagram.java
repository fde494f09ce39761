package io.saltus.actors;

import io.saltus.actors.TrainerTransitions.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws a table of transitions as a document with a Mermaid diagram. */
final class TrainerDiagram {

  private TrainerDiagram() {}

  static String document(List<Transition> rows) {
    List<String> lines = new ArrayList<>();
    lines.add("# The life of a trainer");
    lines.add("");
    lines.add(
        "Generated from `TrainerTransitions` by `TrainerTransitionsTest`, which fails when this"
            + " file is not that table. To write it again:"
            + " `mvn -pl actors -am test -Dtest=TrainerTransitionsTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -DargLine=-Dsaltus.diagrams=write`.");
    lines.add("");
    lines.add(
        "A trainer that starts recovers its run's events and is then in `unknown`, `queued`,"
            + " `interrupted`, `resting` or `ended`: the other phases need a session, which no"
            + " restart survives. What has no arrow is refused where somebody waits for an answer"
            + " and ignored where nobody does. Each arrow journals its events in one atomic"
            + " write, and the phase changes when they are durable.");
    lines.add("");
    lines.add("```mermaid");
    lines.add("stateDiagram-v2");
    lines.add("  [*] --> unknown");
    lines.add("  [*] --> interrupted: found open in the journal");
    for (Transition row : rows) {
      if (row.on() != TrainerTrigger.ANNOTATE) {
        lines.add("  %s --> %s: %s".formatted(name(row.from()), name(row.to()), name(row.on())));
      }
    }
    lines.add("  ended --> [*]");
    lines.add("```");
    lines.add("");
    lines.add("| phase | on | next | journals |");
    lines.add("|---|---|---|---|");
    for (Transition row : rows) {
      lines.add(
          "| %s | %s | %s | %s |"
              .formatted(
                  name(row.from()),
                  name(row.on()),
                  name(row.to()),
                  String.join(", ", row.journals().stream().map(Class::getSimpleName).toList())));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
