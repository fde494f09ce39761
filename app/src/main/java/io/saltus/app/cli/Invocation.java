package io.saltus.app.cli;

import io.saltus.actors.reexecution.StartingPoint;
import io.saltus.app.Programs;
import io.saltus.app.Tools;
import io.saltus.app.doctor.Natives;
import io.saltus.app.problem.Nearest;
import io.saltus.app.problem.Refusal;
import io.saltus.app.text.LiveBlock;
import io.saltus.app.text.Printable;
import io.saltus.experiment.session.Program;
import io.saltus.tf.device.Devices;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One call of the command line: its surroundings and the options that all commands share. */
final class Invocation {

  private static final List<String> NATIVES = List.of("auto", "cpu", "gpu");

  private static final int TOGETHER = 8_000;
  private static final int PLAIN_WIDTH = 80;

  private final Surroundings surroundings;
  private final GlobalOptions options;

  Invocation(Surroundings surroundings, GlobalOptions options) {
    this.surroundings = surroundings;
    this.options = options;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  GlobalOptions options() {
    return options;
  }

  /** The format asked for, else the first of those allowed. */
  Format format(Format... allowed) {
    checkNatives();
    List<Format> formats = List.of(allowed);
    if (options.format.isEmpty()) {
      return formats.get(0);
    }
    String given = options.format.get();
    return formats.stream()
        .filter(format -> format.word().equals(given))
        .findFirst()
        .orElseThrow(() -> unknownFormat(given, allowed));
  }

  boolean json() {
    return format(Format.TEXT, Format.JSON) == Format.JSON;
  }

  /** The directory of the home; it need not be there. */
  Path home() {
    String chosen =
        options.home.orElseGet(() -> surroundings.environment().getOrDefault("SALTUS_HOME", ""));
    if (options.home.isPresent() && chosen.isEmpty()) {
      throw Refusal.wrong("the home has no name", "--home", "Give a directory.");
    }
    return path(chosen.isEmpty() ? ".saltus" : chosen);
  }

  /** The programs that can train, those of {@code --plugins} included. */
  List<Program> programs() {
    return surroundings.programs().find(plugins());
  }

  /**
   * Refuses machines for which there is no native code.
   *
   * @throws Refusal on an unsupported platform
   */
  void requireNatives() {
    Natives.require(surroundings.machine().get());
  }

  /** The jars of {@code --plugins}. */
  List<Path> plugins() {
    if (options.plugins.isEmpty()) {
      return List.of();
    }
    Path directory = path(options.plugins.get());
    if (!Files.isDirectory(directory)) {
      throw Refusal.wrong(
          "there is no such directory", "--plugins " + directory, "Give a directory of jars.");
    }
    return Programs.jarsOf(directory);
  }

  /**
   * What a home is opened for writing with.
   *
   * @param command told to other processes that want it
   */
  Tools tools(String command) {
    return new Tools(
        programs(),
        plugins(),
        surroundings.clock(),
        System::nanoTime,
        surroundings.random(),
        command);
  }

  /** A few lines that are written over and over; empty where nobody looks. */
  Optional<LiveBlock> liveBlock() {
    return showsProgress()
        ? Optional.of(new LiveBlock(surroundings.err(), System::nanoTime, width()))
        : Optional.empty();
  }

  /** Whether a person looks at standard error and wants to see how far something is. */
  boolean showsProgress() {
    return surroundings.errIsTerminal() && !options.quiet;
  }

  /** A path as the user means it. */
  Path path(String text) {
    try {
      return surroundings.directory().resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw Refusal.wrong(
          "'" + text.replace('\0', '?') + "' is no path", e.getReason(), "Give another.");
    }
  }

  /** A line of the result. */
  void print(String line) {
    surroundings.out().print(line);
    surroundings.out().print('\n');
  }

  /** Lines of the result, many at once: a stream takes its locks each time. */
  void print(List<String> lines) {
    StringBuilder together = new StringBuilder();
    for (String line : lines) {
      together.append(line).append('\n');
      if (together.length() >= TOGETHER) {
        surroundings.out().print(together);
        together.setLength(0);
      }
    }
    surroundings.out().print(together);
  }

  /** A line beside the result; {@code --quiet} leaves it out. */
  void note(String line) {
    if (!options.quiet) {
      surroundings.err().print(line);
      surroundings.err().print('\n');
      surroundings.err().flush();
    }
  }

  /** A warning: said unless {@code --quiet}. */
  void warn(String text) {
    note("saltus: warning: " + Printable.of(text));
  }

  /** Warns of checkpoints that cannot be used. */
  void warnOf(List<StartingPoint.Flaw> flaws) {
    flaws.forEach(
        flaw ->
            warn(
                "the checkpoint of step %d cannot be used: %s"
                    .formatted(flaw.checkpoint().step(), flaw.reason())));
  }

  /** An error that does not end what is being done. */
  void complain(String text) {
    surroundings.err().print("saltus: " + Printable.of(text) + '\n');
    surroundings.err().flush();
  }

  /** The width of the terminal, else 80. */
  int width() {
    String columns = surroundings.environment().getOrDefault("COLUMNS", "");
    return columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : PLAIN_WIDTH;
  }

  private void checkNatives() {
    String natives = options.natives.orElse("auto");
    if (!NATIVES.contains(natives)) {
      throw Refusal.wrong(
          "'" + natives + "' is none of auto, cpu, gpu",
          "--natives",
          Nearest.question(natives, NATIVES));
    }
    if (natives.equals("gpu") && !Devices.hasGpuNatives()) {
      throw Refusal.wrong(
          "TensorFlow's natives for GPUs are not on the class path",
          "--natives gpu",
          "The launcher 'saltus' puts them there; start it with this option.");
    }
  }

  private static Refusal unknownFormat(String given, Format... allowed) {
    List<String> words = Arrays.stream(allowed).map(Format::word).toList();
    return Refusal.wrong(
        "'" + given + "' is none of " + String.join(", ", words),
        "--format",
        Nearest.question(given, words));
  }
}
