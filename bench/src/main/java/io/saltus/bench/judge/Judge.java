package io.saltus.bench.judge;

import io.saltus.bench.judge.curves.CurvesPart;
import io.saltus.bench.judge.exactness.ExactnessPart;
import io.saltus.bench.judge.ground.JudgeOptions;
import io.saltus.bench.judge.ground.Part;
import io.saltus.bench.judge.online.OnlinePart;
import io.saltus.bench.judge.runs.RunsPart;
import io.saltus.bench.judge.size.SizePart;
import io.saltus.bench.judge.speed.SpeedPart;
import io.saltus.bench.judge.tcpd.TcpdPart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs the parts named on the command line and prints their tables, each line with what was asked
 * and whether it is met.
 */
public final class Judge {

  private static final String TCPD = "tcpd";
  private static final String RUNS = "runs";

  private Judge() {}

  private static Map<String, Part> parts() {
    Map<String, Part> parts = new LinkedHashMap<>();
    parts.put("exactness", new ExactnessPart());
    parts.put(TCPD, new TcpdPart());
    parts.put("curves", new CurvesPart());
    parts.put("size", new SizePart());
    parts.put("online", new OnlinePart());
    parts.put(RUNS, new RunsPart());
    parts.put("speed", new SpeedPart());
    return parts;
  }

  /**
   * Judges from the command line; exits with 2 when that is wrong.
   *
   * @throws Exception when a part cannot be judged; nothing of it is printed as measured then
   */
  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    Map<String, Part> asked;
    JudgeOptions options;
    try {
      options = JudgeOptions.parse(args);
      asked = asked(options);
    } catch (IllegalArgumentException e) {
      System.err.println("judge: " + e.getMessage());
      System.exit(2);
      return;
    }
    for (Map.Entry<String, Part> each : asked.entrySet()) {
      long begin = System.nanoTime();
      List<String> lines =
          each.getValue().judge(options, words -> System.err.println("judge: " + words));
      double seconds = (System.nanoTime() - begin) / 1e9;
      System.out.printf("### %s%n%n", each.getKey());
      System.out.printf("`bench/judge %s%s`, %.0f s.%n%n", each.getKey(), given(args), seconds);
      lines.forEach(System.out::println);
      System.out.println();
    }
  }

  /** The parts that are named; when none is, all for which there is a directory or none needed. */
  static Map<String, Part> asked(JudgeOptions options) {
    Map<String, Part> parts = parts();
    if (options.parts().isEmpty()) {
      if (options.tcpd().isEmpty()) {
        parts.remove(TCPD);
      }
      if (options.home().isEmpty()) {
        parts.remove(RUNS);
      }
      return parts;
    }
    Map<String, Part> asked = new LinkedHashMap<>();
    for (String name : options.parts()) {
      Part part = parts.get(name);
      if (part == null) {
        throw new IllegalArgumentException(
            "no part '%s'. One of %s. %s".formatted(name, parts.keySet(), JudgeOptions.USAGE));
      }
      asked.put(name, part);
    }
    return asked;
  }

  /** The options of the command line, directories left unnamed. */
  private static String given(String... args) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i + 1 < args.length; i++) {
      if (args[i].startsWith("--")) {
        boolean isDirectory = args[i].equals("--tcpd") || args[i].equals("--home");
        words.add(args[i]);
        words.add(isDirectory ? "DIR" : args[i + 1]);
      }
    }
    return words.isEmpty() ? "" : " " + String.join(" ", words);
  }
}
