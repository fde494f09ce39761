package io.saltus.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.event.AuditEvent;
import io.saltus.experiment.event.ProbeEvent;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.StudyEvent;
import io.saltus.experiment.event.SupervisorEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class GoldenFilesTest {

  private static final Pattern ABSOLUTE_PATH =
      Pattern.compile("(^|[^A-Za-z0-9./])/[A-Za-z0-9_.-]+/|[A-Za-z]:\\\\");

  @TestFactory
  Stream<DynamicTest> every_event_of_a_run_is_written_as_it_was_released() {
    return tests(Samples.runEvents(), EventCodec.ofRuns());
  }

  @TestFactory
  Stream<DynamicTest> every_event_of_the_supervisor_is_written_as_it_was_released() {
    return tests(Samples.supervisorEvents(), EventCodec.ofSupervisor());
  }

  @TestFactory
  Stream<DynamicTest> every_event_of_an_audit_is_written_as_it_was_released() {
    return tests(Samples.auditEvents(), EventCodec.ofAudits());
  }

  @TestFactory
  Stream<DynamicTest> every_event_of_a_probe_is_written_as_it_was_released() {
    return tests(Samples.probeEvents(), EventCodec.ofProbes());
  }

  @TestFactory
  Stream<DynamicTest> every_event_of_an_analysis_is_written_as_it_was_released() {
    return tests(Samples.analysisEvents(), EventCodec.ofAnalyses());
  }

  @TestFactory
  Stream<DynamicTest> every_event_of_a_study_is_written_as_it_was_released() {
    return tests(Samples.studyEvents(), EventCodec.ofStudies());
  }

  @Test
  void there_is_a_sample_of_every_event() {
    assertThat(names(Samples.runEvents().values())).isEqualTo(permitted(RunEvent.class));
    assertThat(names(Samples.supervisorEvents().values()))
        .isEqualTo(permitted(SupervisorEvent.class));
    assertThat(names(Samples.auditEvents().values())).isEqualTo(permitted(AuditEvent.class));
    assertThat(names(Samples.probeEvents().values())).isEqualTo(permitted(ProbeEvent.class));
    assertThat(names(Samples.analysisEvents().values())).isEqualTo(permitted(AnalysisEvent.class));
    assertThat(names(Samples.studyEvents().values())).isEqualTo(permitted(StudyEvent.class));
  }

  @Test
  void a_golden_file_is_named_after_its_event() {
    Samples.allEvents()
        .forEach(
            (name, event) ->
                assertThat(name.replaceFirst("-.*", ""))
                    .isEqualTo(event.getClass().getSimpleName()));
  }

  @Test
  void no_golden_file_holds_a_path_a_host_or_a_user() throws IOException {
    List<String> forbidden =
        Stream.of(System.getProperty("user.name"), System.getenv("HOSTNAME"), "localhost")
            .filter(name -> name != null && name.length() > 2)
            .toList();
    for (String name : Samples.allEvents().keySet()) {
      String text = new String(GoldenFile.read(name).bytes(), StandardCharsets.ISO_8859_1);
      assertThat(ABSOLUTE_PATH.matcher(text).find()).as(name).isFalse();
      assertThat(text).doesNotContain(forbidden);
    }
  }

  private static <E> Stream<DynamicTest> tests(SortedMap<String, E> samples, EventCodec<E> codec) {
    return samples.entrySet().stream()
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    sample.getKey(), () -> matches(sample.getKey(), sample.getValue(), codec)));
  }

  private static <E> void matches(String name, E event, EventCodec<E> codec) throws IOException {
    byte[] bytes = codec.encode(event);
    GoldenFile.writeIfMissing(name, codec.manifest(event), bytes);
    GoldenFile golden = GoldenFile.read(name);
    assertThat(codec.manifest(event)).isEqualTo(golden.manifest());
    assertThat(bytes).isEqualTo(golden.bytes());
    E read = codec.decode(golden.manifest(), golden.bytes());
    assertThat(read).isEqualTo(event);
    // Equality takes all NaNs for one; the bytes don't.
    assertThat(codec.encode(read)).isEqualTo(golden.bytes());
  }

  private static Set<String> names(Collection<?> events) {
    return events.stream()
        .map(event -> event.getClass().getSimpleName())
        .collect(Collectors.toSet());
  }

  private static Set<String> permitted(Class<?> protocol) {
    return events(protocol).map(Class::getSimpleName).collect(Collectors.toSet());
  }

  /** A protocol may be divided into protocols. */
  private static Stream<Class<?>> events(Class<?> protocol) {
    return Arrays.stream(protocol.getPermittedSubclasses())
        .flatMap(each -> each.isSealed() ? events(each) : Stream.of(each));
  }
}
