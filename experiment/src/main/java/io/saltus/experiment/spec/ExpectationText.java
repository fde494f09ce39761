package io.saltus.experiment.spec;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import io.saltus.experiment.ShortestDecimal;
import io.saltus.experiment.jump.JumpKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Expectations as they are persisted and rendered, which is as they stand in a spec, and in words.
 */
final class ExpectationText {

  private ExpectationText() {}

  static Expectation parse(String text) {
    HoconScan scan = HoconScan.of(text);
    if (text.length() > SpecLimits.BYTES
        || scan.excess().isPresent()
        || scan.substitutions() > 0
        || !scan.includes().isEmpty()) {
      throw new IllegalArgumentException("is not an expectation: too large, or refers to others");
    }
    ConfigObject object;
    try {
      object = ConfigFactory.parseString(text).root();
    } catch (ConfigException e) {
      throw new IllegalArgumentException("is not an expectation: " + ParseMessage.of(e), e);
    }
    Problems problems = new Problems(Set.of());
    Optional<Expectation> read =
        ExpectBinder.expectation(new Section("", object, problems), Optional.empty(), 1);
    if (!problems.isEmpty() || read.isEmpty()) {
      SpecProblem first = problems.all().get(0);
      throw new IllegalArgumentException(
          "is not an expectation: " + first.path() + " " + first.what());
    }
    return read.get();
  }

  static String of(Expectation expectation) {
    List<String> keys = new ArrayList<>();
    keys.add("id = " + quote(expectation.id()));
    keys.add("title = " + quote(expectation.title()));
    claim(expectation.claim(), keys);
    if (!expectation.where().isEmpty()) {
      List<String> where = new ArrayList<>();
      expectation
          .where()
          .forEach(
              (path, values) ->
                  where.add(
                      quote(path)
                          + " = ["
                          + String.join(", ", values.stream().map(ExpectationText::quote).toList())
                          + "]"));
      keys.add("where = { " + String.join(", ", where) + " }");
    }
    expectation.in().ifPresent(share -> keys.add("in = " + quote(share.toString())));
    return "{ " + String.join(", ", keys) + " }";
  }

  private static void claim(Claim claim, List<String> keys) {
    if (claim instanceof Claim.Within within) {
      measure(within.measure(), keys);
      bounds(within.bounds(), keys);
    } else if (claim instanceof Claim.Never never) {
      measure(never.crossing(), keys);
      keys.add("never = true");
    } else if (claim instanceof Claim.Ordered ordered) {
      measure(ordered.measure(), keys);
      keys.add("along = " + quote(ordered.axis()));
      keys.add("order = " + SpecBinder.written(ordered.order()));
    } else if (claim instanceof Claim.Differs differs) {
      measure(differs.measure(), keys);
      keys.add("along = " + quote(differs.axis()));
      keys.add("from = " + quote(differs.from()));
      keys.add("to = " + quote(differs.to()));
      bounds(differs.bounds(), keys);
    } else if (claim instanceof Claim.Jumps jumps) {
      keys.add("metric = " + quote(jumps.metric().value()));
      keys.add("jump = " + jumps.kind().map(JumpKind::id).orElse("any"));
      jumps.sharp().ifPresent(sharp -> keys.add("sharp = " + sharp));
      keys.add("present = " + jumps.present());
    }
  }

  private static void bounds(Claim.Bounds bounds, List<String> keys) {
    bounds.atLeast().ifPresent(least -> keys.add("at-least = " + ShortestDecimal.of(least)));
    bounds.atMost().ifPresent(most -> keys.add("at-most = " + ShortestDecimal.of(most)));
  }

  private static void measure(Measure measure, List<String> keys) {
    if (measure instanceof Measure.Level level) {
      keys.add("metric = " + quote(level.metric().value()));
      keys.add("take = " + SpecBinder.written(level.take()));
    } else if (measure instanceof Measure.LevelAt at) {
      keys.add("metric = " + quote(at.metric().value()));
      keys.add("at = " + object(at.crossing()));
    } else if (measure instanceof Measure.Crossing crossing) {
      crossing(crossing, keys);
    } else if (measure instanceof Measure.Ratio ratio) {
      keys.add("ratio = [" + object(ratio.crossing()) + ", " + object(ratio.other()) + "]");
    }
  }

  private static String object(Measure.Crossing crossing) {
    List<String> keys = new ArrayList<>();
    crossing(crossing, keys);
    return "{ " + String.join(", ", keys) + " }";
  }

  private static void crossing(Measure.Crossing crossing, List<String> keys) {
    keys.add("metric = " + quote(crossing.metric().value()));
    keys.add(key(crossing) + " = " + ShortestDecimal.of(crossing.level()));
    crossing.forSteps().ifPresent(steps -> keys.add("for-steps = " + steps));
  }

  private static String key(Measure.Crossing crossing) {
    return crossing.bound() == UntilRule.Bound.AT_LEAST ? "reaches" : "falls-to";
  }

  /** The title of an expectation that has none. */
  static String words(Claim claim) {
    if (claim instanceof Claim.Within within) {
      return words(within.measure()) + words(within.bounds());
    }
    if (claim instanceof Claim.Never never) {
      return never.crossing().metric() + " never " + words(never.crossing(), "");
    }
    if (claim instanceof Claim.Ordered ordered) {
      return words(ordered.measure())
          + (ordered.order() == Claim.Order.FALLING ? " falls" : " rises")
          + " along "
          + ordered.axis();
    }
    if (claim instanceof Claim.Differs differs) {
      return words(differs.measure())
          + ", "
          + differs.axis()
          + " "
          + differs.to()
          + " minus "
          + differs.from()
          + ","
          + words(differs.bounds());
    }
    Claim.Jumps jumps = (Claim.Jumps) claim;
    return jumps.metric()
        + (jumps.present() ? " has a " : " has no ")
        + jumps.sharp().map(sharp -> sharp ? "sharp " : "gradual ").orElse("")
        + jumps.kind().map(kind -> "jump of kind " + kind.id()).orElse("jump");
  }

  /** A measure in words. */
  static String words(Measure measure) {
    if (measure instanceof Measure.Level level) {
      return switch (level.take()) {
        case LAST -> "the last " + level.metric();
        case MAX -> "the greatest " + level.metric();
        case MIN -> "the smallest " + level.metric();
      };
    }
    if (measure instanceof Measure.LevelAt at) {
      return at.metric() + " where " + words(at.crossing(), at.crossing().metric() + " ");
    }
    if (measure instanceof Measure.Crossing crossing) {
      return "the step at which " + words(crossing, crossing.metric() + " ");
    }
    Measure.Ratio ratio = (Measure.Ratio) measure;
    return "steps until "
        + words(ratio.crossing(), ratio.crossing().metric() + " ")
        + " ÷ until "
        + words(ratio.other(), ratio.other().metric() + " ");
  }

  private static String words(Measure.Crossing crossing, String metric) {
    return metric
        + (crossing.bound() == UntilRule.Bound.AT_LEAST ? "reaches " : "falls to ")
        + ShortestDecimal.of(crossing.level());
  }

  private static String words(Claim.Bounds bounds) {
    List<String> words = new ArrayList<>();
    bounds.atLeast().ifPresent(least -> words.add(" at least " + ShortestDecimal.of(least)));
    bounds.atMost().ifPresent(most -> words.add(" at most " + ShortestDecimal.of(most)));
    return " is" + String.join(" and", words);
  }

  private static String quote(String text) {
    return ConfigUtil.quoteString(text);
  }
}
