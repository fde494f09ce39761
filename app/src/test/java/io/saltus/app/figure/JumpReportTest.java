package io.saltus.app.figure;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.analysis.jump.JumpSettings;
import io.saltus.analysis.jump.MetricKind;
import io.saltus.analysis.jump.MetricSeries;
import io.saltus.analysis.jump.RunContext;
import io.saltus.analysis.jump.RunContext.KnownChange;
import io.saltus.analysis.jump.RunJumps;
import io.saltus.analysis.jump.SeriesResult;
import io.saltus.app.jumps.RunAnalysis;
import io.saltus.experiment.RunId;
import io.saltus.experiment.jump.Bootstrap;
import io.saltus.experiment.jump.ChangePoint;
import io.saltus.experiment.jump.Interval;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.JumpKind;
import io.saltus.experiment.jump.Sharp;
import io.saltus.experiment.jump.TestedSeries;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class JumpReportTest {

  private static final String EVIL = "</style><script>alert('1')</script>&\"\u0000\u001b[31m";

  @Test
  void data_stays_data_in_both_forms() throws Exception {
    List<RunAnalysis> analyses = List.of(analysis(EVIL, 200));

    assertThat(JumpReport.html(analyses))
        .doesNotContain("<script", "alert('", "\u0000", "\u001b")
        .contains("&lt;/style&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;");
    String svg = JumpReport.svg(analyses);
    assertThat(svg).doesNotContain("<script");
    Document document = parsed(svg);
    assertThat(document.getElementsByTagName("script").getLength()).isZero();
    assertThat(document.getDocumentElement().getTextContent()).contains("<script>alert('1')");
  }

  @Test
  void everything_that_was_found_is_told() {
    String html = JumpReport.html(List.of(analysis("train.loss", 200)));

    assertThat(html)
        .contains("Jumps of r1")
        .contains("Detector richards 2 with seed 1, replicates 999,")
        .contains("plateau-escape of train.loss")
        .contains("because it is so", "not sharp: 1.20 decades")
        .contains("Known: at step 100 the learning rate fell to 0.1.")
        .contains("no p-value: too few")
        .contains("The null hypothesis")
        .contains("class=\"raw\"", "class=\"fit\"", "class=\"rest\"", "class=\"interval\"")
        .contains("class=\"change\"", "observed, far beyond: ");
  }

  @Test
  void a_million_steps_make_a_file_of_less_than_a_megabyte() {
    List<RunAnalysis> analyses = List.of(analysis("train.loss", 1_000_000));

    assertThat(JumpReport.html(analyses).length()).isLessThan(1_000_000);
    assertThat(JumpReport.svg(analyses).length()).isLessThan(1_000_000);
  }

  @Test
  void several_runs_come_with_the_distribution_of_their_jumps() throws Exception {
    List<RunAnalysis> analyses = List.of(analysis("train.loss", 200), analysis("train.loss", 300));

    assertThat(JumpReport.html(analyses))
        .contains("Jumps of 2 runs", "when jumps come, over the runs", "class=\"dot\"");
    assertThat(parsed(JumpReport.svg(analyses)).getElementsByTagName("circle").getLength())
        .isEqualTo(2);
  }

  @Test
  void series_with_nothing_in_them_are_drawn_too() throws Exception {
    for (double[] values : List.of(new double[0], new double[] {1}, new double[] {Double.NaN, 3})) {
      double[] steps = IntStream.range(0, values.length).asDoubleStream().toArray();
      MetricSeries series = new MetricSeries("x", steps, values, MetricKind.OTHER, 0);
      RunJumps found =
          new RunJumps("d", 1, JumpSettings.DEFAULT, List.of(), List.of(), List.of(untested("x")));
      List<RunAnalysis> analyses =
          List.of(new RunAnalysis(new RunId("r"), found, List.of(series), RunContext.NONE, 1, 1));

      assertThat(JumpReport.html(analyses)).contains("No jumps were found.").doesNotContain("NaN");
      assertThat(parsed(JumpReport.svg(analyses)).getDocumentElement().getTagName())
          .isEqualTo("svg");
      assertThat(JumpReport.svg(analyses)).doesNotContain("NaN");
    }
  }

  private static Document parsed(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  private static RunAnalysis analysis(String metric, int steps) {
    Random random = new Random(steps);
    double[] at = IntStream.rangeClosed(0, steps).asDoubleStream().toArray();
    double[] values = random.doubles(steps + 1).toArray();
    MetricSeries series = new MetricSeries(metric, at, values, MetricKind.LOSS, 0);
    MetricSeries other = new MetricSeries("other", at, values, MetricKind.ACCURACY, 0);
    int cells = Math.min(steps, 1_000);
    TestedSeries tested =
        new TestedSeries(
            metric, 0.001, 0.002, Optional.empty(), new Bootstrap(999, 50, 1), 0.1, 0.9, 70);
    SeriesResult result =
        new SeriesResult(
            tested,
            50,
            random.doubles(999, 1, 5).sorted().toArray(),
            IntStream.rangeClosed(1, cells).mapToDouble(i -> (double) i * steps / cells).toArray(),
            random.doubles(cells, -1, 0).toArray(),
            new double[cells]);
    Jump jump =
        new Jump(
            metric,
            JumpKind.PLATEAU_ESCAPE,
            40,
            60,
            90,
            new Interval(38, 42),
            new Interval(57, 63),
            new Interval(85, 95),
            0.9,
            0.1,
            -0.8,
            new Interval(-0.9, -0.7),
            0.35,
            new Interval(0.3, 0.4),
            Sharp.YES,
            false,
            false,
            false,
            7,
            0.01,
            0.001,
            0.002,
            new Bootstrap(999, 50, 1),
            Double.NaN,
            List.of(),
            metric.equals(EVIL) ? EVIL : "because it is so");
    ChangePoint change =
        new ChangePoint(
            metric, 150, 0.1, Interval.NONE, 0.001, 0.004, "not sharp: 1.20 decades", List.of());
    RunJumps found =
        new RunJumps(
            "richards",
            2,
            JumpSettings.DEFAULT,
            List.of(jump),
            List.of(change),
            List.of(result, untested("other")));
    RunContext context =
        new RunContext(List.of(new KnownChange(100, "the learning rate fell to 0.1")), Map.of());
    return new RunAnalysis(new RunId("r1"), found, List.of(series, other), context, steps, 12);
  }

  private static SeriesResult untested(String metric) {
    return new SeriesResult(
        new TestedSeries(
            metric,
            Double.NaN,
            Double.NaN,
            Optional.of("too few"),
            new Bootstrap(0, 0, 1),
            0,
            0,
            0),
        Double.NaN,
        new double[0],
        new double[0],
        new double[0],
        new double[0]);
  }
}
