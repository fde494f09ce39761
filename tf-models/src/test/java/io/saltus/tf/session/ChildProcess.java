package io.saltus.tf.session;

import io.saltus.experiment.Sha256;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.spec.Numerics;
import io.saltus.tf.data.ModularOperation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Trains in another JVM, as a stand-in for another machine, and says what came out: the canary, the
 * digest of all metrics, and the digest of the state.
 */
final class ChildProcess {

  private static final int STEPS = 25;

  private ChildProcess() {}

  /** What a process computed. */
  record Result(String canary, String metrics, String state, String errors) {}

  /** Runs this class in a JVM of its own. */
  static Result run(Numerics numerics, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path errors = Files.createTempFile("child", ".err");
    try {
      List<String> lines =
          lines(
              ChildProcess.class,
              environment,
              errors,
              Integer.toString(numerics.threads()),
              numerics.isa().name());
      return new Result(lines.get(0), lines.get(1), lines.get(2), Files.readString(errors));
    } finally {
      Files.delete(errors);
    }
  }

  /**
   * Runs a class in a JVM of its own, without what this process has set for TensorFlow, and returns
   * what it printed.
   *
   * @param errors where its standard error goes
   */
  static List<String> lines(
      Class<?> main, Map<String, String> environment, Path errors, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.matches("(TF|ONEDNN)_.*"));
    builder.environment().putAll(environment);
    builder.redirectError(errors.toFile());
    Process process = builder.start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    int exit = process.waitFor();
    if (exit != 0) {
      throw new IllegalStateException("exit " + exit + ": " + lines + Files.readString(errors));
    }
    return lines;
  }

  /** Trains with the numerics given as threads and instruction set. */
  public static void main(String[] arguments) {
    Numerics numerics =
        new Numerics(Integer.parseInt(arguments[0]), Numerics.Isa.valueOf(arguments[1]));
    Result result = compute(numerics);
    System.out.println(result.canary());
    System.out.println(result.metrics());
    System.out.println(result.state());
  }

  /** The same in this process. */
  static Result compute(Numerics numerics) {
    try (TensorFlowSession session =
        TensorFlowSession.open(Plans.with(Plans.grokking(ModularOperation.ADD, 1, 5), numerics))) {
      MetricFrame frame = Plans.run(session, STEPS);
      return new Result(
          String.valueOf(session.fingerprint().numeric().get("canary")),
          digest(frame).hex(),
          digest(session.read(new TreeSet<>(session.variables()))).hex(),
          "");
    }
  }

  static Sha256 digest(MetricFrame frame) {
    MessageDigest digest = Sha256.digest();
    for (Column column : frame.columns()) {
      for (float value : ((F32Column) column).toArray()) {
        digest.update(ByteBuffer.allocate(4).putFloat(value).array());
      }
    }
    return Sha256.from(digest);
  }

  static Sha256 digest(List<TensorValue> state) {
    MessageDigest digest = Sha256.digest();
    state.forEach(value -> digest.update(value.bytes()));
    return Sha256.from(digest);
  }
}
