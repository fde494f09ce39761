package io.saltus.app.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.RunId;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.HistogramColumn;
import io.saltus.experiment.metric.I64Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import io.saltus.experiment.metric.VectorColumn;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.testkit.ScriptedProgram;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void numbers_are_shortest_in_their_own_kind_and_what_is_not_finite_is_text() {
    String line =
        Json.line(
            json ->
                json.put("double", 0.1)
                    .put("widened", (double) Float.parseFloat("0.1"))
                    .put("nan", Double.NaN)
                    .put("infinite", Double.NEGATIVE_INFINITY)
                    .put("whole", 9_007_199_254_740_993L)
                    .put("large", Double.parseDouble("2e23"))
                    .putNull("none"));

    assertThat(line)
        .isEqualTo(
            "{\"double\":0.1,\"widened\":0.10000000149011612,\"nan\":\"NaN\","
                + "\"infinite\":\"-Infinity\",\"whole\":9007199254740993,\"large\":2e23,"
                + "\"none\":null}");
  }

  @Test
  void text_is_escaped_so_that_an_object_stays_on_its_line() {
    assertThat(Json.line(json -> json.put("note", "a\n\"b\"\u0001")))
        .isEqualTo("{\"note\":\"a\\n\\\"b\\\"\\u0001\"}");
  }

  @Test
  void every_kind_of_column_has_its_steps_and_values() {
    Steps steps = Steps.of(3, 5);
    RunEvent.MetricsRecorded event =
        new RunEvent.MetricsRecorded(
            2,
            new MetricFrame(
                3,
                5,
                List.of(
                    new F32Column(new MetricName("a"), steps, new float[] {0.1f, Float.NaN}),
                    new F64Column(new MetricName("b"), steps, new double[] {0.1, -0.0}),
                    new I64Column(new MetricName("c"), steps, new long[] {1, -2}),
                    new VectorColumn(new MetricName("d"), Steps.of(4), 2, new float[] {1, 2.5f}),
                    new HistogramColumn(
                        new MetricName("e"), Steps.of(4), new double[] {0, 1}, new long[] {7}))));

    assertThat(Json.line(json -> RecordJson.fill(json, event)))
        .isEqualTo(
            "{\"attempt\":2,\"frame\":{\"from\":3,\"until\":5,\"columns\":["
                + "{\"metric\":\"a\",\"kind\":\"f32\",\"steps\":[3,5],\"values\":[0.1,\"NaN\"]},"
                + "{\"metric\":\"b\",\"kind\":\"f64\",\"steps\":[3,5],\"values\":[0.1,-0]},"
                + "{\"metric\":\"c\",\"kind\":\"i64\",\"steps\":[3,5],\"values\":[1,-2]},"
                + "{\"metric\":\"d\",\"kind\":\"vector\",\"steps\":[4],\"values\":[[1,2.5]]},"
                + "{\"metric\":\"e\",\"kind\":\"histogram\",\"edges\":[0,1],\"steps\":[4],"
                + "\"values\":[[7]]}]}}");
  }

  @Test
  void an_event_has_its_components_by_their_names() {
    RunEvent.AttemptEnded ended =
        new RunEvent.AttemptEnded(1, AttemptEnd.NON_FINITE, "train.loss was NaN");
    RunEvent.RunAnnotated annotated =
        new RunEvent.RunAnnotated(
            new TreeMap<>(Map.of("who", "me")),
            List.of("old"),
            Optional.of("hm"),
            Optional.empty(),
            Optional.empty(),
            Optional.of(true));

    assertThat(Json.line(json -> RecordJson.fill(json, ended)))
        .isEqualTo("{\"attempt\":1,\"cause\":\"non-finite\",\"message\":\"train.loss was NaN\"}");
    assertThat(Json.line(json -> RecordJson.fill(json, annotated)))
        .isEqualTo(
            "{\"tags\":{\"who\":\"me\"},\"untagged\":[\"old\"],\"note\":\"hm\",\"group\":null,"
                + "\"displayName\":null,\"archived\":true}");
  }

  @Test
  void a_spec_has_the_keys_of_a_spec_file() {
    RunEvent.RunSubmitted submitted =
        new RunEvent.RunSubmitted(
            new RunId("r"),
            ScriptedProgram.spec(10),
            Sha256.of(new byte[0]),
            new CodeProvenance("1", Optional.empty(), false, Optional.empty()),
            List.of(),
            Optional.empty());

    assertThat(Json.line(json -> RecordJson.fill(json, submitted)))
        .startsWith("{\"run\":\"r\",\"spec\":{\"experiment\":\"scripted\"")
        .contains("\"task\":{\"kind\":\"scripted\"}")
        .contains("\"seeds\":{\"data\":1,\"init\":1,\"order\":1,\"dropout\":1}")
        .contains(
            "\"checkpoint\":{\"every\":\"auto\",\"keep-last\":3,\"keep-every\":null,\"keep-best\":null},\"resume\":{\"overlap\":20}")
        .contains("\"on-divergence\":\"fail\"")
        .contains("\"parent\":null");
  }
}
