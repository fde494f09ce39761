package io.saltus.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.event.AuditEvent;
import io.saltus.experiment.event.ProbeEvent;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.StudyEvent;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.spec.Cadence;
import io.saltus.experiment.spec.CheckpointCadence;
import io.saltus.experiment.spec.Claim;
import io.saltus.experiment.spec.Measure;
import io.saltus.experiment.spec.SpecValue;
import io.saltus.proto.v1.BesideProto;
import io.saltus.proto.v1.EventsProto;
import io.saltus.proto.v1.MetricsProto;
import io.saltus.proto.v1.ProvenanceProto;
import io.saltus.proto.v1.SpecProto;
import io.saltus.proto.v1.StateProto;
import io.saltus.proto.v1.StudyProto;
import io.saltus.proto.v1.SupervisorProto;
import io.saltus.proto.v1.WorkerProto;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Nothing closed has a member that samples, golden files and enums on the wire don't know. */
class ClosedTypesTest {

  private static final List<FileDescriptor> FILES =
      List.of(
          BesideProto.getDescriptor(),
          EventsProto.getDescriptor(),
          MetricsProto.getDescriptor(),
          ProvenanceProto.getDescriptor(),
          SpecProto.getDescriptor(),
          StateProto.getDescriptor(),
          SupervisorProto.getDescriptor(),
          WorkerProto.getDescriptor(),
          StudyProto.getDescriptor());

  /** Of expectations, which are written in the language of specs: see {@link StudyCodecTest}. */
  private static final Set<Class<?>> AS_TEXT = Set.of(Claim.Order.class, Measure.Take.class);

  @Test
  void the_samples_hold_every_permitted_subclass_of_whatever_an_event_is_made_of()
      throws ReflectiveOperationException {
    Reach reach = new Reach();
    reach.walk(Samples.allEvents().values());
    assertThat(reach.sealed)
        .contains(
            RunEvent.class,
            SupervisorEvent.class,
            AuditEvent.class,
            ProbeEvent.class,
            AnalysisEvent.class,
            StudyEvent.class,
            Column.class,
            SpecValue.class,
            Cadence.class,
            CheckpointCadence.class);
    for (Class<?> sealed : reach.sealed) {
      for (Class<?> permitted : sealed.getPermittedSubclasses()) {
        if (!permitted.isSealed()) {
          assertThat(reach.classes).as("samples of %s", sealed.getSimpleName()).contains(permitted);
        }
      }
    }
  }

  @Test
  void every_constant_of_every_enum_in_an_event_is_on_the_wire()
      throws ReflectiveOperationException {
    Reach reach = new Reach();
    reach.walk(Samples.allEvents().values());
    for (Class<?> type : reach.classes) {
      if (type.isEnum() && !AS_TEXT.contains(type)) {
        Set<String> wire = new HashSet<>();
        enums().stream()
            .filter(each -> each.getName().equals(type.getSimpleName()))
            .flatMap(each -> each.getValues().stream())
            .map(EnumValueDescriptor::getName)
            .forEach(name -> wire.add(name.substring(prefix(type).length())));
        for (Object constant : type.getEnumConstants()) {
          assertThat(wire).as(type.getSimpleName()).contains(((Enum<?>) constant).name());
        }
      }
    }
  }

  @Test
  void every_enum_on_the_wire_begins_with_unspecified() {
    for (EnumDescriptor each : enums()) {
      assertThat(each.findValueByNumber(0).getName()).endsWith("_UNSPECIFIED");
    }
  }

  @Test
  void there_are_no_maps_on_the_wire() {
    for (FileDescriptor file : FILES) {
      file.getMessageTypes()
          .forEach(
              message -> assertThat(message.getFields()).noneMatch(FieldDescriptor::isMapField));
    }
  }

  /** Adding lines to the golden file is evolution; changing or removing one is not. */
  @Test
  void every_number_that_was_released_still_means_the_same() throws IOException {
    Set<String> now = new TreeSet<>();
    for (FileDescriptor file : FILES) {
      file.getMessageTypes()
          .forEach(
              message ->
                  message
                      .getFields()
                      .forEach(
                          field ->
                              now.add(
                                  "%s.%s = %d %s%s"
                                      .formatted(
                                          message.getName(),
                                          field.getName(),
                                          field.getNumber(),
                                          field.isRepeated() ? "repeated " : "",
                                          type(field)))));
    }
    enums()
        .forEach(
            each ->
                each.getValues()
                    .forEach(value -> now.add(value.getName() + " = " + value.getNumber())));
    String text = String.join("\n", now) + "\n";
    GoldenFile.writeTextIfMissing("numbers.txt", text);
    try (InputStream in = ClosedTypesTest.class.getResourceAsStream("/golden/v1/numbers.txt")) {
      assertThat(in).isNotNull();
      assertThat(text).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static String type(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case MESSAGE -> field.getMessageType().getName();
      case ENUM -> field.getEnumType().getName();
      default -> field.getType().name().toLowerCase(java.util.Locale.ROOT);
    };
  }

  private static List<EnumDescriptor> enums() {
    return FILES.stream().flatMap(file -> file.getEnumTypes().stream()).toList();
  }

  /** {@code SLOT_FATE_} of {@code SlotFate}. */
  private static String prefix(Class<?> type) {
    return type.getSimpleName()
            .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
            .toUpperCase(java.util.Locale.ROOT)
        + "_";
  }

  /** Everything that values are made of. */
  private static final class Reach {
    private final Set<Class<?>> classes = new HashSet<>();
    private final Set<Class<?>> sealed = new HashSet<>();

    void walk(Object from) throws ReflectiveOperationException {
      Deque<Object> open = new ArrayDeque<>(List.of(from));
      while (!open.isEmpty()) {
        Object value = open.pop();
        if (value instanceof Collection<?> many) {
          open.addAll(many);
        } else if (value instanceof Map<?, ?> map) {
          open.addAll(map.values());
        } else if (value instanceof Optional<?> optional) {
          optional.ifPresent(open::add);
        } else if (value.getClass().getName().startsWith("io.saltus.")) {
          add(value.getClass());
          if (value instanceof Record) {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
              open.add(component.getAccessor().invoke(value));
            }
          }
        }
      }
    }

    private void add(Class<?> type) {
      classes.add(type);
      for (Class<?> protocol : type.getInterfaces()) {
        if (protocol.isSealed()) {
          sealed.add(protocol);
          add(protocol);
        }
      }
    }
  }
}
