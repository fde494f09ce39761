package io.saltus.actors.worker;

import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.session.ForwardingProgram;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.SessionLostException;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The main class of a child process that plays a script, in which something may go wrong. */
public final class ScriptedWorker {

  /** The step at which it goes wrong. */
  static final long STEP = 50;

  /** How many integers its state has: more than one piece of a tensor. */
  static final int STATE = 700_000;

  private ScriptedWorker() {}

  /** A child's command. */
  static List<String> command(String fault) {
    return List.of(
        System.getProperty("java.home") + "/bin/java",
        "-Xmx96m",
        "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:-CreateCoredumpOnCrash",
        "-XX:ErrorFile=/dev/null",
        "-cp",
        System.getProperty("java.class.path"),
        ScriptedWorker.class.getName(),
        "saltus-worker",
        "cpu:0",
        fault);
  }

  /** What it plays. */
  static Script script() {
    return Script.learning().withState(STATE);
  }

  /** Serves over standard input and descriptor 3. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (OutputStream frames = new FileOutputStream("/proc/self/fd/3")) {
      Script script =
          script()
              .beforeStep(
                  step -> {
                    if (step == STEP) {
                      goWrong(arguments[2], frames);
                    }
                  });
      new WorkerServer(
              new FileInputStream("/proc/self/fd/0"),
              frames,
              jars -> List.of(program(script, arguments[2])),
              () -> Runtime.getRuntime().halt(0),
              Duration.ofMillis(20))
          .serve();
    }
  }

  /** One that only opens what it was prepared for, or none that survives being prepared. */
  private static Program program(Script script, String fault) {
    return new ForwardingProgram(new ScriptedProgram(script)) {

      private final List<ExperimentSpec> prepared = new ArrayList<>();

      @Override
      public void prepare(SessionRequest expected) {
        if (fault.equals("die-preparing")) {
          Runtime.getRuntime().halt(9);
        }
        prepared.add(expected.spec());
      }

      @Override
      public TrainingSession open(SessionRequest request) {
        if (fault.equals("prepared-only") && !prepared.equals(List.of(request.spec()))) {
          throw new SessionException("not prepared for this");
        }
        return super.open(request);
      }
    };
  }

  private static void goWrong(String fault, OutputStream frames) {
    switch (fault) {
      case "hang" -> awaitForever();
      case "stop" -> stop();
      case "slow" -> linger();
      case "heap" -> fillTheHeap();
      case "error" -> throw new StackOverflowError("too deep");
      case "print" -> System.out.println("a library says hello");
      case "garbage" -> write(frames, "# something native\n");
      case "device-lost" ->
          throw new SessionLostException(AttemptEnd.DEVICE_LOST, "the GPU was lost");
      case "cuda-abort" -> abort();
      case "exit" -> Runtime.getRuntime().halt(9);
      default -> {}
    }
  }

  private static void awaitForever() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As a debugger, or somebody at a terminal, stops a process: no thread of it goes on. */
  private static void stop() {
    try {
      long pid = ProcessHandle.current().pid();
      new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As TensorFlow does on an error of CUDA that is not an operation's own. */
  private static void abort() {
    System.err.println(
        "F stream_executor/cuda/cuda_driver.cc:152] Failed to query event:"
            + " CUDA_ERROR_ECC_UNCORRECTABLE: uncorrectable ECC error encountered");
    try {
      long pid = ProcessHandle.current().pid();
      new ProcessBuilder("kill", "-ABRT", Long.toString(pid)).start().waitFor();
      awaitForever();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void linger() {
    try {
      if (new CountDownLatch(1).await(400, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("nobody counts down");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void fillTheHeap() {
    List<byte[]> all = new ArrayList<>();
    while (all.size() < Integer.MAX_VALUE) {
      all.add(new byte[1 << 20]);
    }
  }

  private static void write(OutputStream frames, String text) {
    try {
      frames.write(text.getBytes(StandardCharsets.US_ASCII));
      frames.flush();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
