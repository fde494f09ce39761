package io.saltus.app.problem;

import java.util.List;

/** A request that is refused or has failed, in words for the user. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitCode exit;
  private final transient List<Problem> problems;

  /**
   * @param exit how the process ends
   * @param problems at least one
   */
  public Refusal(ExitCode exit, List<Problem> problems) {
    super(problems.get(0).text());
    this.exit = exit;
    this.problems = List.copyOf(problems);
  }

  /** One problem, with what led to it. */
  public Refusal(ExitCode exit, Problem problem, Throwable cause) {
    this(exit, List.of(problem));
    initCause(cause);
  }

  /** What the user typed or gave is wrong. */
  public static Refusal wrong(String what, String where, String advice) {
    return new Refusal(ExitCode.WRONG_INPUT, List.of(new Problem(what, where, advice)));
  }

  /** The thing asked for failed. */
  public static Refusal failed(String what, String where, String advice) {
    return new Refusal(ExitCode.FAILED, List.of(new Problem(what, where, advice)));
  }

  /** How the process ends. */
  public ExitCode exit() {
    return exit;
  }

  /** All that is wrong. */
  public List<Problem> problems() {
    return problems;
  }
}
