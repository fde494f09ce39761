package io.saltus.app.cli;

import io.saltus.app.cli.Console.Outcome;
import io.saltus.testkit.Script;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The console in a JVM of its own, with a scripted program, for what this process cannot be part
 * of: {@code DIRECTORY VALUES COMMAND…}. Each command is one argument, its words parted by spaces;
 * {@code rm FILE} deletes a file, and {@code fill-at STEP FILE} makes later runs write one at a
 * step until the disk is full.
 */
final class ConsoleProcess {

  private ConsoleProcess() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    Script script = Script.learning().withState(Integer.parseInt(arguments[1]));
    Console console = new Console(directory).script(script);
    for (String command : Arrays.asList(arguments).subList(2, arguments.length)) {
      String[] words = command.split(" ");
      if (words[0].equals("rm")) {
        Files.delete(directory.resolve(words[1]));
      } else if (words[0].equals("fill-at")) {
        console.script(
            script.beforeStep(filling(Long.parseLong(words[1]), directory.resolve(words[2]))));
      } else {
        Outcome outcome = console.run(words);
        System.out.println(outcome.code() + " " + text(outcome.out()) + " " + text(outcome.err()));
      }
    }
  }

  private static LongConsumer filling(long at, Path file) {
    return step -> {
      if (step == at) {
        try (OutputStream out = Files.newOutputStream(file)) {
          while (true) {
            out.write(new byte[4096]);
          }
        } catch (IOException full) {
          System.err.println("filled: " + full.getMessage());
        }
      }
    };
  }

  private static String text(String text) {
    return "=" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What starts it. */
  static List<String> command(Path directory, int values, List<String> commands) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(ConsoleProcess.class.getName());
    command.add(directory.toString());
    command.add(Integer.toString(values));
    command.addAll(commands);
    return command;
  }

  /** What it printed. */
  static List<Outcome> outcomes(String printed) {
    return printed
        .lines()
        .map(line -> line.split(" "))
        .map(parts -> new Outcome(Integer.parseInt(parts[0]), text(parts, 1), text(parts, 2)))
        .toList();
  }

  private static String text(String[] parts, int place) {
    return new String(
        Base64.getDecoder().decode(parts[place].substring(1)), StandardCharsets.UTF_8);
  }
}
