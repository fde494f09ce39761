package io.saltus.app;

import io.saltus.actors.reexecution.MaskInput;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Problem;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.Device;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.RunEvent.RunSubmitted;
import io.saltus.experiment.provenance.InputDigest;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.spec.DeviceNeed;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.SpecSchema;
import io.saltus.persistence.home.Home;
import io.saltus.tf.device.Devices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A spec that can run here: a program knows it, its device exists, its inputs are there and their
 * digests are taken. Making one writes nothing.
 *
 * @param spec resolved
 * @param inputs files by the program's names for them
 * @param digests of these files, in the order of their names
 */
public record RunPlan(
    ExperimentSpec spec, SortedMap<String, Path> inputs, List<InputDigest> digests) {

  /** Copies the collections. */
  public RunPlan {
    inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    digests = List.copyOf(digests);
  }

  /** The input that keeps weights at zero. */
  public static final String MASK = MaskInput.NAME;

  /**
   * With further input files.
   *
   * @throws Refusal when one cannot be read, or is none that a program takes
   */
  public RunPlan with(SortedMap<String, Path> further) {
    if (further.isEmpty()) {
      return this;
    }
    for (String name : further.keySet()) {
      if (!name.equals(MASK) && !inputs.containsKey(name)) {
        throw Refusal.wrong(
            "there is no input '" + name + "'",
            "--input " + name,
            "Known: " + String.join(", ", known()) + ".");
      }
    }
    SortedMap<String, Path> all = new TreeMap<>(inputs);
    all.putAll(further);
    return new RunPlan(spec, all, digests(all));
  }

  /**
   * Makes the plan of a fork. No event holds a path, so files that nobody named are those of the
   * parent, found by their content, its mask among them: a fork that changes nothing is the same
   * run.
   *
   * @param spec of the fork
   * @param further files by the program's names for them
   * @param newData whether other files than the parent's will do: where the program looks usually
   * @throws Refusal as {@link #of} does, and when a file of the parent has changed or is gone
   */
  public static RunPlan ofFork(
      ExperimentSpec spec,
      RunSubmitted parent,
      SortedMap<String, Path> further,
      boolean newData,
      List<Program> programs,
      Home home) {
    checkDevice(spec);
    boolean sameTask = spec.task().equals(parent.spec().task());
    SortedMap<String, Path> inherited;
    try {
      inherited =
          RecordedInputs.find(
              parent,
              programFor(spec, programs),
              new LocalPaths(home.local()),
              name -> !further.containsKey(name) && (sameTask || name.equals(MASK)));
    } catch (Refusal changedOrGone) {
      if (!newData) {
        throw changedOrGone;
      }
      return of(spec, programs).with(further);
    }
    if (!sameTask) {
      return of(spec, programs).with(inherited).with(further);
    }
    SortedMap<String, Path> named = new TreeMap<>(inherited);
    for (InputDigest input : parent.inputs()) {
      Path file = further.get(input.name());
      if (file != null) {
        named.put(input.name(), file);
      }
    }
    return new RunPlan(spec, named, digests(named)).with(further);
  }

  /**
   * Opens a session once, where there are inputs, and closes it: a damaged file is refused before
   * there is a run that it fails.
   *
   * @throws Refusal when the program cannot use them
   */
  public void requireUsableInputs(List<Program> programs) {
    if (inputs.isEmpty()) {
      return;
    }
    SessionRequest request = new SessionRequest(spec, List.of(new DeviceId("cpu", 0)), inputs);
    try {
      MaskInput.open(programFor(spec, programs), request).close();
    } catch (SessionException e) {
      throw new Refusal(
          ExitCode.WRONG_INPUT, new Problem(String.valueOf(e.getMessage()), "", ""), e);
    }
  }

  /**
   * Whether it trains on other data than a run that was submitted; a mask is no data.
   *
   * @param schema of the programs, which tells the paths of inputs
   */
  public boolean hasOtherDataThan(RunSubmitted run, SpecSchema schema) {
    return run.spec().seeds().data() != spec.seeds().data()
        || !run.spec().task().equals(schema.withoutInputPaths(spec).task())
        || !data(digests).equals(data(run.inputs()));
  }

  private static List<InputDigest> data(List<InputDigest> inputs) {
    return inputs.stream().filter(each -> !each.name().equals(MASK)).toList();
  }

  private List<String> known() {
    List<String> names = new ArrayList<>(inputs.keySet());
    names.add(MASK);
    return names;
  }

  /**
   * Makes the plan of a spec.
   *
   * @throws Refusal when it cannot run here
   */
  public static RunPlan of(ExperimentSpec spec, List<Program> programs) {
    if (spec.study().isPresent()) {
      throw Refusal.wrong(
          "'" + spec.experiment() + "' is a study of many runs", "study", "Use 'saltus study'.");
    }
    checkDevice(spec);
    SortedMap<String, Path> inputs = inputs(spec, programFor(spec, programs));
    return new RunPlan(spec, inputs, digests(inputs));
  }

  /**
   * The program that runs a spec.
   *
   * @throws Refusal when there is none
   */
  static Program programFor(ExperimentSpec spec, List<Program> programs) {
    return programs.stream()
        .filter(program -> program.supports(spec))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.wrong(
                    "no program trains "
                        + spec.model().kind()
                        + " on "
                        + spec.task().kind()
                        + " with "
                        + spec.optimizer().kind(),
                    "task, model, optimizer",
                    "Choose another combination, or give a jar of programs with --plugins."));
  }

  private static void checkDevice(ExperimentSpec spec) {
    List<Device> devices = Devices.list();
    DeviceNeed.of(spec, devices)
        .lack(devices)
        .ifPresent(
            lack -> {
              throw Refusal.wrong(
                  lack.what(),
                  lack.key(),
                  "This machine has " + DeviceNeed.known(devices) + "; see 'saltus devices'.");
            });
  }

  static SortedMap<String, Path> inputs(ExperimentSpec spec, Program program) {
    try {
      return program.inputs(spec);
    } catch (SessionException e) {
      throw new Refusal(
          ExitCode.WRONG_INPUT, new Problem(String.valueOf(e.getMessage()), "", ""), e);
    }
  }

  /** Takes the digests of files, in the order of their names. */
  static List<InputDigest> digests(SortedMap<String, Path> inputs) {
    List<InputDigest> digests = new ArrayList<>();
    for (Map.Entry<String, Path> input : inputs.entrySet()) {
      Path file = input.getValue();
      try {
        digests.add(new InputDigest(input.getKey(), Files.size(file), Sha256.ofFile(file)));
      } catch (IOException e) {
        throw new Refusal(
            ExitCode.WRONG_INPUT,
            new Problem(
                "the input cannot be read", file + " (" + e.getMessage() + ")", "Check the file."),
            e);
      }
    }
    return digests;
  }
}
