package io.saltus.persistence.codec;

import io.saltus.experiment.spec.Expectation;
import io.saltus.experiment.spec.Study;
import io.saltus.proto.v1.SpecProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The axes, seeds and expectations of a study. */
final class StudyCodec {

  private static final Set<String> SEEDS = Set.of("data", "init", "order", "dropout");

  private StudyCodec() {}

  static SpecProto.Study write(Study study) {
    SpecProto.Study.Builder wire = SpecProto.Study.newBuilder().addAllSeeds(study.seeds());
    study
        .axes()
        .forEach(
            (path, values) ->
                wire.addAxes(SpecProto.Axis.newBuilder().setPath(path).addAllValues(values)));
    study.zip().forEach(paths -> wire.addZip(SpecProto.AxisGroup.newBuilder().addAllPaths(paths)));
    study
        .when()
        .forEach(
            (path, condition) ->
                condition.forEach(
                    (other, values) ->
                        wire.addWhen(
                            SpecProto.AxisCondition.newBuilder()
                                .setPath(path)
                                .setOther(other)
                                .addAllValues(values))));
    wire.addAllHeld(study.held());
    study.expect().forEach(expectation -> wire.addExpect(expectation.text()));
    return wire.build();
  }

  static Study read(At at, SpecProto.Study wire) {
    at.known(wire);
    SortedMap<String, List<String>> axes = axes(at, wire);
    return new Study(
        axes,
        zip(at, wire, axes),
        when(at, wire, axes.keySet()),
        wire.getSeedsList(),
        held(at, wire),
        expect(at, wire));
  }

  private static SortedMap<String, List<String>> axes(At at, SpecProto.Study wire) {
    SortedMap<String, List<String>> axes = new TreeMap<>();
    for (int i = 0; i < wire.getAxesCount(); i++) {
      SpecProto.Axis axis = wire.getAxes(i);
      At place = at.in("axes", i);
      place.known(axis);
      place.check(
          axes.isEmpty() || axes.lastKey().compareTo(axis.getPath()) < 0,
          "path",
          "does not follow the one before in order: " + axis.getPath());
      axes.put(axis.getPath(), List.copyOf(axis.getValuesList()));
    }
    return axes;
  }

  private static List<List<String>> zip(
      At at, SpecProto.Study wire, SortedMap<String, List<String>> axes) {
    List<List<String>> groups = new ArrayList<>();
    for (int i = 0; i < wire.getZipCount(); i++) {
      SpecProto.AxisGroup group = wire.getZip(i);
      At place = at.in("zip", i);
      place.known(group);
      List<String> paths = List.copyOf(group.getPathsList());
      place.check(
          paths.size() >= 2 && axes.keySet().containsAll(paths),
          "paths",
          "are not two axes or more: " + paths);
      place.check(
          paths.stream().map(path -> axes.getOrDefault(path, List.of()).size()).distinct().count()
              == 1,
          "paths",
          "have different numbers of values: " + paths);
      groups.add(paths);
    }
    return groups;
  }

  private static SortedMap<String, SortedMap<String, List<String>>> when(
      At at, SpecProto.Study wire, Set<String> axes) {
    SortedMap<String, SortedMap<String, List<String>>> conditions = new TreeMap<>();
    for (int i = 0; i < wire.getWhenCount(); i++) {
      SpecProto.AxisCondition condition = wire.getWhen(i);
      At place = at.in("when", i);
      place.known(condition);
      place.check(
          axes.contains(condition.getPath()), "path", "is not an axis: " + condition.getPath());
      place.check(
          axes.contains(condition.getOther()), "other", "is not an axis: " + condition.getOther());
      List<String> before =
          conditions
              .computeIfAbsent(condition.getPath(), path -> new TreeMap<>())
              .put(condition.getOther(), List.copyOf(condition.getValuesList()));
      place.check(before == null, "other", "is there twice: " + condition.getOther());
    }
    return conditions;
  }

  private static SortedSet<String> held(At at, SpecProto.Study wire) {
    SortedSet<String> held = new TreeSet<>(wire.getHeldList());
    at.check(
        SEEDS.containsAll(held) && held.size() == wire.getHeldCount(),
        "held",
        "are not names of seeds, each once: " + wire.getHeldList());
    return held;
  }

  private static List<Expectation> expect(At at, SpecProto.Study wire) {
    List<Expectation> expectations = new ArrayList<>();
    for (int i = 0; i < wire.getExpectCount(); i++) {
      String text = wire.getExpect(i);
      expectations.add(at.in("expect", i).build(() -> Expectation.parse(text)));
    }
    return expectations;
  }
}
