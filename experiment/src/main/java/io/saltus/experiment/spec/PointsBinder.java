package io.saltus.experiment.spec;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads lists of {@code [step, number]}. */
final class PointsBinder {

  private static final int PAIR = 2;

  private PointsBinder() {}

  static SpecValue.Points points(
      Section section, String key, Found found, Parameter.PointsIn allowed) {
    Optional<ConfigList> list =
        found.list().filter(values -> values.size() <= Parameter.MOST_POINTS);
    if (list.isEmpty()) {
      section.wrongKind(
          key, found, "a list of at most " + Parameter.MOST_POINTS + " pairs [step, number]");
      return new SpecValue.Points(List.of());
    }
    List<SpecValue.Point> points = new ArrayList<>();
    for (ConfigValue element : list.get()) {
      point(section, key, new Found(element), allowed)
          .filter(point -> follows(section, key, new Found(element), points, point))
          .ifPresent(points::add);
    }
    return new SpecValue.Points(points);
  }

  private static Optional<SpecValue.Point> point(
      Section section, String key, Found element, Parameter.PointsIn allowed) {
    Optional<ConfigList> pair = element.list().filter(values -> values.size() == PAIR);
    if (pair.isEmpty()) {
      section.wrongKind(key, element, "a pair [step, number], such as [1000, 1e-4]");
      return Optional.empty();
    }
    Found step = new Found(pair.get().get(0));
    Found value = new Found(pair.get().get(1));
    // What is wrong gives a problem, and a point that is read no further.
    return Optional.of(
        new SpecValue.Point(
            section.whole(key, step, 1, allowed.lastStep(), 0),
            section.real(key, value, allowed.values(), Double.NaN)));
  }

  private static boolean follows(
      Section section,
      String key,
      Found element,
      List<SpecValue.Point> before,
      SpecValue.Point point) {
    if (point.step() == 0 || Double.isNaN(point.value())) {
      return false;
    }
    if (!before.isEmpty() && point.step() <= before.get(before.size() - 1).step()) {
      section.problem(
          key,
          element,
          "step "
              + point.step()
              + " does not follow step "
              + before.get(before.size() - 1).step()
              + "; the steps rise");
      return false;
    }
    return true;
  }
}
