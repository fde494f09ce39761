package io.saltus.app.cli;

import io.saltus.app.hook.Hook;
import io.saltus.app.hook.HookCalls;
import io.saltus.app.problem.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What is to be called when something happens to a run; never part of a spec. */
final class HookFlags {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Option(
      names = "--on",
      paramLabel = "EVENT=TARGET",
      description = "Call a command or URL on failed, completed or jump; repeatable.")
  private List<String> flags = new ArrayList<>();

  /** Reads them. */
  List<Hook> hooks() {
    return flags.stream().map(HookFlags::hook).toList();
  }

  private static Hook hook(String text) {
    return Hook.parse(text)
        .orElseThrow(
            () ->
                Refusal.wrong(
                    "'" + text + "' is not EVENT=COMMAND or EVENT=URL",
                    "--on",
                    "EVENT is one of " + String.join(", ", Hook.moments()) + "."));
  }

  /** Ready to be called for the runs of an invocation. */
  static HookCalls calls(List<Hook> hooks, Invocation invocation) {
    return new HookCalls(hooks, invocation.home(), PATIENCE, invocation::warn);
  }
}
