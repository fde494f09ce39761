package io.saltus.persistence.codec;

import io.saltus.experiment.spec.Cadence;
import io.saltus.experiment.spec.Component;
import io.saltus.experiment.spec.SpecValue;
import io.saltus.proto.v1.SpecProto;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The closed values within a spec: components with their parameters, and cadences. */
final class ComponentCodec {

  private ComponentCodec() {}

  static SpecProto.Component write(Component component) {
    SpecProto.Component.Builder wire = SpecProto.Component.newBuilder().setKind(component.kind());
    component.parameters().forEach((name, value) -> wire.addParameters(write(name, value)));
    return wire.build();
  }

  static Component read(At at, SpecProto.Component wire) {
    at.known(wire);
    SortedMap<String, SpecValue> parameters = new TreeMap<>();
    for (int i = 0; i < wire.getParametersCount(); i++) {
      SpecProto.Parameter parameter = wire.getParameters(i);
      At place = at.in("parameters", i);
      place.check(
          parameters.isEmpty() || parameters.lastKey().compareTo(parameter.getName()) < 0,
          "name",
          "does not follow the one before in order: " + parameter.getName());
      parameters.put(parameter.getName(), read(place, parameter));
    }
    return new Component(at.text(wire.getKind(), "kind"), parameters);
  }

  static SpecProto.Cadence write(Cadence cadence) {
    SpecProto.Cadence.Builder wire = SpecProto.Cadence.newBuilder();
    if (cadence instanceof Cadence.Every every) {
      wire.setEverySteps(every.steps());
    } else if (cadence instanceof Cadence.PerDecade perDecade) {
      wire.setPerDecade(perDecade.count());
    } else {
      throw new IllegalArgumentException("no codec for a " + cadence.getClass().getSimpleName());
    }
    return wire.build();
  }

  static Cadence read(At at, SpecProto.Cadence wire) {
    at.known(wire);
    return switch (wire.getKindCase()) {
      case EVERY_STEPS -> new Cadence.Every(at.atLeast(1, wire.getEverySteps(), "every_steps"));
      case PER_DECADE -> new Cadence.PerDecade(at.atLeast(1, wire.getPerDecade(), "per_decade"));
      case KIND_NOT_SET -> throw CodecException.damaged(at + " is of no kind");
    };
  }

  private static SpecProto.Parameter write(String name, SpecValue value) {
    SpecProto.Parameter.Builder wire = SpecProto.Parameter.newBuilder().setName(name);
    if (value instanceof SpecValue.Text text) {
      wire.setText(text.value());
    } else if (value instanceof SpecValue.Whole whole) {
      wire.setWhole(whole.value());
    } else if (value instanceof SpecValue.Real real) {
      wire.setRealBits(Double.doubleToRawLongBits(real.value()));
    } else if (value instanceof SpecValue.Flag flag) {
      wire.setFlag(flag.value());
    } else if (value instanceof SpecValue.Points points) {
      wire.setPoints(write(points));
    } else {
      throw new IllegalArgumentException("no codec for a " + value.getClass().getSimpleName());
    }
    return wire.build();
  }

  private static SpecValue read(At at, SpecProto.Parameter wire) {
    at.known(wire);
    return switch (wire.getValueCase()) {
      case TEXT -> new SpecValue.Text(wire.getText());
      case WHOLE -> new SpecValue.Whole(wire.getWhole());
      case REAL_BITS -> new SpecValue.Real(Double.longBitsToDouble(wire.getRealBits()));
      case FLAG -> new SpecValue.Flag(wire.getFlag());
      case POINTS -> read(at.in("points"), wire.getPoints());
      case VALUE_NOT_SET -> throw CodecException.damaged(at + " has no value");
    };
  }

  private static SpecProto.Points write(SpecValue.Points points) {
    SpecProto.Points.Builder wire = SpecProto.Points.newBuilder();
    for (SpecValue.Point point : points.points()) {
      wire.addPoints(
          SpecProto.Point.newBuilder()
              .setStep(point.step())
              .setValueBits(Double.doubleToRawLongBits(point.value())));
    }
    return wire.build();
  }

  private static SpecValue.Points read(At at, SpecProto.Points wire) {
    at.known(wire);
    List<SpecValue.Point> points = new ArrayList<>();
    for (int i = 0; i < wire.getPointsCount(); i++) {
      SpecProto.Point point = wire.getPoints(i);
      at.in("points", i).known(point);
      points.add(
          new SpecValue.Point(point.getStep(), Double.longBitsToDouble(point.getValueBits())));
    }
    return at.build(() -> new SpecValue.Points(points));
  }
}
