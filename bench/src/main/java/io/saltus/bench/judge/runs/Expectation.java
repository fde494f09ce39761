package io.saltus.bench.judge.runs;

import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.JumpKind;
import io.saltus.experiment.jump.Sharp;
import java.util.List;
import java.util.Optional;

/** What is asked of the jumps of a run, by its spec alone. */
enum Expectation {
  GROKKING("memorisation, then grokking with its delay") {
    @Override
    boolean isMet(List<Jump> jumps) {
      return of(jumps, TRAINING)
              .filter(jump -> jump.kind() == JumpKind.MEMORISATION && saysItsWidth(jump))
              .isPresent()
          && of(jumps, VALIDATION)
              .filter(jump -> jump.kind() == JumpKind.GROKKING && jump.delay() > 1)
              .isPresent();
    }
  },
  JOINT_LEARNING("joint learning, no sharp jump") {
    @Override
    boolean isMet(List<Jump> jumps) {
      return of(jumps, TRAINING).filter(jump -> jump.kind() == JumpKind.JOINT_LEARNING).isPresent()
          && jumps.stream().noneMatch(jump -> jump.sharp() == Sharp.YES);
    }
  },
  NO_GROKKING("no grokking") {
    @Override
    boolean isMet(List<Jump> jumps) {
      return jumps.stream().noneMatch(jump -> jump.kind() == JumpKind.GROKKING);
    }
  };

  static final String TRAINING = "train.accuracy";
  static final String VALIDATION = "validation.accuracy";
  private static final double SHARP_DECADES = 0.5;

  private final String words;

  Expectation(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  abstract boolean isMet(List<Jump> jumps);

  /** That of a run; none when it is of no spec of which something is asked. */
  static Optional<Expectation> of(String experiment, double weightDecay) {
    return switch (experiment) {
      case "grokking" -> Optional.of(weightDecay > 0 ? GROKKING : NO_GROKKING);
      case "fashion-mnist" -> Optional.of(JOINT_LEARNING);
      default -> Optional.empty();
    };
  }

  /** The first jump of a metric. */
  static Optional<Jump> of(List<Jump> jumps, String metric) {
    return jumps.stream().filter(jump -> jump.metric().equals(metric)).findFirst();
  }

  /** One that is wider than half a decade does not call itself sharp. */
  private static boolean saysItsWidth(Jump jump) {
    return jump.decades() <= SHARP_DECADES || jump.sharp() != Sharp.YES;
  }
}
