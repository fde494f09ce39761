package io.saltus.experiment.spec;

import io.saltus.experiment.jump.JumpKind;
import io.saltus.experiment.metric.MetricName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Reads what one expectation says: what is measured, and what must hold of it. */
final class ClaimBinder {

  private static final Parameter.RealIn ANY =
      new Parameter.RealIn(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false);
  private static final String ANY_JUMP = "any";
  private static final List<String> SAYS =
      List.of("at-least or at-most", "never", "along with order", "along with from and to", "jump");

  private final Section section;
  private final AxisNames names;

  ClaimBinder(Section section, AxisNames names) {
    this.section = section;
    this.names = names;
  }

  Optional<Claim> claim() {
    if (section.find("jump").isPresent()) {
      return jumps();
    }
    Optional<Measure> measure = measure();
    Optional<Found> along = section.find("along");
    if (along.isPresent()) {
      return along(measure);
    }
    boolean never = section.flag("never", false);
    Optional<Claim.Bounds> bounds = bounds();
    if (never && bounds.isPresent()) {
      wrong("never", "never and a bound are both given; an expectation has one of them");
      return Optional.empty();
    }
    if (never) {
      if (measure.isPresent() && measure.get().asCrossing().isEmpty()) {
        wrong("never", "is said of a crossing: a metric with reaches or falls-to");
      }
      return measure.flatMap(Measure::asCrossing).map(Claim.Never::new);
    }
    if (bounds.isEmpty() && section.find("at-least").or(() -> section.find("at-most")).isEmpty()) {
      wrong("at-least", "is missing; an expectation says one of: " + String.join(", ", SAYS));
    }
    return measure.flatMap(what -> bounds.map(where -> new Claim.Within(what, where)));
  }

  private Optional<Claim> along(Optional<Measure> measure) {
    Optional<String> axis = names.axis(section, "along");
    if (section.find("order").isPresent()) {
      Claim.Order order = SpecBinder.constant(section, "order", Claim.Order.FALLING);
      return measure.flatMap(what -> axis.map(path -> new Claim.Ordered(what, path, order)));
    }
    Optional<String> from = axis.flatMap(path -> names.value(section, "from", path));
    Optional<String> to = axis.flatMap(path -> names.value(section, "to", path));
    Optional<Claim.Bounds> bounds = bounds();
    if (bounds.isEmpty() && section.find("at-least").or(() -> section.find("at-most")).isEmpty()) {
      wrong(
          "at-least",
          "is missing; along an axis an expectation has order, or from, to and a bound");
    }
    if (axis.isEmpty() || from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    return measure.flatMap(
        what ->
            bounds.map(where -> new Claim.Differs(what, axis.get(), from.get(), to.get(), where)));
  }

  private Optional<Claim> jumps() {
    List<String> kinds =
        new ArrayList<>(Arrays.stream(JumpKind.values()).map(JumpKind::id).toList());
    kinds.add(ANY_JUMP);
    String kind = section.word("jump", kinds, ANY_JUMP);
    Optional<Boolean> sharp =
        section.find("sharp").map(found -> section.flag("sharp", found, true));
    boolean present = section.flag("present", true);
    return metric(section)
        .map(
            metric ->
                new Claim.Jumps(
                    metric,
                    Arrays.stream(JumpKind.values()).filter(k -> k.id().equals(kind)).findFirst(),
                    sharp,
                    present));
  }

  private Optional<Measure> measure() {
    Optional<Found> ratio = section.find("ratio");
    if (ratio.isPresent()) {
      return ratio(ratio.get());
    }
    Optional<MetricName> metric = metric(section);
    List<String> given =
        Stream.of("take", "at", "reaches", "falls-to")
            .filter(key -> section.find(key).isPresent())
            .toList();
    if (given.size() > 1) {
      wrong(given.get(1), String.join(" and ", given) + " are given; a metric has one of them");
      return Optional.empty();
    }
    String key = given.isEmpty() ? "take" : given.get(0);
    if (key.equals("take")) {
      Measure.Take take = SpecBinder.constant(section, "take", Measure.Take.LAST);
      return metric.map(name -> new Measure.Level(name, take));
    }
    if (key.equals("at")) {
      Optional<Measure.Crossing> crossing = crossing(section.section("at"));
      return metric.flatMap(name -> crossing.map(when -> new Measure.LevelAt(name, when)));
    }
    return metric.map(name -> crossing(section, name, key));
  }

  private Optional<Measure> ratio(Found ratio) {
    if (ratio.list().filter(list -> list.size() == 2).isEmpty()) {
      section.wrongKind(
          "ratio", ratio, "a list of two crossings: the step of the first ÷ the second");
      return Optional.empty();
    }
    List<Measure.Crossing> crossings = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Found element = new Found(ratio.list().get().get(i));
      if (element.object().isEmpty()) {
        section.wrongKind("ratio", element, "an object with metric and reaches or falls-to");
      } else {
        crossing(section.element(section.path("ratio") + "." + i, element.object().get()))
            .ifPresent(crossings::add);
      }
    }
    return crossings.size() == 2
        ? Optional.of(new Measure.Ratio(crossings.get(0), crossings.get(1)))
        : Optional.empty();
  }

  /** An object of its own that is a crossing. */
  private static Optional<Measure.Crossing> crossing(Section below) {
    Optional<MetricName> metric = metric(below);
    boolean reaches = below.find("reaches").isPresent();
    boolean falls = below.find("falls-to").isPresent();
    if (reaches == falls) {
      below.problem(
          "reaches",
          reaches
              ? "reaches and falls-to are both given; a crossing has one of them"
              : "is missing; a crossing has reaches or falls-to",
          below.origin());
    }
    Measure.Crossing crossing =
        crossing(below, metric.orElse(new MetricName("none")), reaches ? "reaches" : "falls-to");
    below.close();
    return metric.isPresent() && reaches != falls ? Optional.of(crossing) : Optional.empty();
  }

  private static Measure.Crossing crossing(Section in, MetricName metric, String key) {
    UntilRule.Bound bound =
        key.equals("reaches") ? UntilRule.Bound.AT_LEAST : UntilRule.Bound.AT_MOST;
    double level = in.find(key).map(found -> in.real(key, found, ANY, 0)).orElse(0.0);
    OptionalLong forSteps =
        in.find("for-steps").isPresent()
            ? OptionalLong.of(in.whole("for-steps", 1, SpecDefaults.MOST_STEPS, 1))
            : OptionalLong.empty();
    return new Measure.Crossing(metric, bound, level, forSteps);
  }

  private static Optional<MetricName> metric(Section in) {
    Optional<Found> found = in.find("metric");
    if (found.isEmpty()) {
      in.problem("metric", "is missing; an expectation names a metric", in.origin());
      return Optional.empty();
    }
    Optional<String> name = found.flatMap(Found::text).filter(MetricName::isValid);
    if (name.isEmpty()) {
      in.wrongKind("metric", found.get(), "the name of a metric such as validation.accuracy");
    }
    return name.map(MetricName::new);
  }

  private Optional<Claim.Bounds> bounds() {
    OptionalDouble least = bound("at-least");
    OptionalDouble most = bound("at-most");
    if (least.isEmpty() && most.isEmpty()) {
      return Optional.empty();
    }
    if (least.orElse(Double.NEGATIVE_INFINITY) > most.orElse(Double.POSITIVE_INFINITY)) {
      wrong("at-least", "is above at-most: nothing meets both");
      return Optional.empty();
    }
    return Optional.of(new Claim.Bounds(least, most));
  }

  private OptionalDouble bound(String key) {
    Optional<Found> found = section.find(key);
    return found.isPresent()
        ? OptionalDouble.of(section.real(key, found.get(), ANY, 0))
        : OptionalDouble.empty();
  }

  private void wrong(String key, String what) {
    section.problem(key, what, section.origin());
  }
}
