package io.saltus.app.cli;

import io.saltus.app.problem.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts tags on a run or takes them away. */
@Command(name = "tag", description = "Put tags on a run, or take them away.")
final class TagCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(index = "0", paramLabel = "RUN", description = "An id, a unique prefix, or @last.")
  private String run = "";

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "KEY=VALUE", description = "Tags.")
  private List<String> tags = new ArrayList<>();

  @Option(names = "--remove", paramLabel = "KEY", description = "Take a tag away.")
  private List<String> removed = new ArrayList<>();

  TagCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    if (tags.isEmpty() && removed.isEmpty()) {
      throw Refusal.wrong("no tag given", "saltus tag", "Give KEY=VALUE or --remove KEY.");
    }
    List<String> keys = removed.stream().map(Arguments::tagKey).toList();
    return new Annotating(invocation).annotate(run, Annotating.tags(Arguments.tags(tags), keys));
  }
}
