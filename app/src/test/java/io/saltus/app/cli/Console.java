package io.saltus.app.cli;

import io.saltus.app.Programs;
import io.saltus.app.doctor.Machine;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The command line in this process, with everything around it injected. */
final class Console {

  /** What a command left behind. */
  record Outcome(int code, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private Programs programs = jars -> List.of(new ScriptedProgram(Script.learning()));
  private Supplier<Machine> machine = Machine::ofProcess;
  private String typed = "";
  private AtomicInteger looks = new AtomicInteger(Integer.MAX_VALUE);
  private boolean terminal;

  Console(Path directory) {
    this.directory = directory;
  }

  Console programs(Programs other) {
    programs = other;
    return this;
  }

  Console script(Script script) {
    return programs(jars -> List.of(new ScriptedProgram(script)));
  }

  Console variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Console onTerminal() {
    terminal = true;
    return this;
  }

  Console onMachine(Machine other) {
    machine = () -> other;
    return this;
  }

  /** A person at the terminal who types this. */
  Console typing(String text) {
    typed = text;
    return onTerminal();
  }

  /** Somebody who listens until a command has looked this often whether somebody does. */
  Console listening(AtomicInteger left) {
    looks = left;
    return this;
  }

  Outcome run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings surroundings =
        new Surroundings(
            new ByteArrayInputStream(typed.getBytes(Charset.defaultCharset())),
            new PrintStream(out, false, StandardCharsets.UTF_8) {
              @Override
              public boolean checkError() {
                return super.checkError() || looks.decrementAndGet() < 0;
              }
            },
            new PrintStream(err, false, StandardCharsets.UTF_8),
            environment,
            directory,
            Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC),
            new Random(7),
            programs,
            machine,
            code -> {
              throw new AssertionError("halted with " + code);
            },
            terminal,
            terminal,
            false);
    int code = new Cli(surroundings).run(arguments);
    return new Outcome(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
