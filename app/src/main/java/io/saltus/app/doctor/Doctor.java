package io.saltus.app.doctor;

import io.saltus.app.text.Figures;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Looks at everything that Saltus needs; changes nothing. */
public final class Doctor {

  private static final long LEAST_DISK = 1_000_000_000L;
  private static final long LEAST_MEMORY = 2_000_000_000L;
  private static final int OLDEST_JDK = 17;
  private static final Instant BUILT_AFTER = Instant.parse("2026-01-01T00:00:00Z");

  private final Machine machine;
  private final Path home;
  private final Clock clock;
  private final JournalCheck journal;

  /**
   * @param home of the runs; need not be there
   * @param journal looks at the journal of the home
   */
  public Doctor(Machine machine, Path home, Clock clock, JournalCheck journal) {
    this.machine = machine;
    this.home = home;
    this.clock = clock;
    this.journal = journal;
  }

  /** Looks at a journal; the doctor does not know how. */
  @FunctionalInterface
  public interface JournalCheck {
    /** What was found. */
    Finding look();
  }

  /** All findings, in a fixed order. */
  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    findings.add(jdk());
    findings.add(Natives.check(machine));
    findings.add(memory());
    findings.add(Finding.fine("cores", machine.pinning().get().text()));
    findings.add(disk());
    findings.add(journal.look());
    findings.add(clock());
    findings.add(machine.graphics().get().check());
    return findings;
  }

  private Finding jdk() {
    String version = machine.property("java.version");
    String detail = version + " (" + machine.property("java.vendor") + ")";
    int feature = Runtime.Version.parse(version).feature();
    return feature >= OLDEST_JDK
        ? Finding.fine("jdk", detail)
        : Finding.broken("jdk", detail, "Install a JDK, 17 or newer, and set JAVA_HOME to it.");
  }

  private Finding memory() {
    String detail =
        Figures.bytes(machine.memoryBytes())
            + ", of which the heap may take "
            + Figures.bytes(machine.heapBytes());
    return machine.memoryBytes() == 0 || machine.memoryBytes() >= LEAST_MEMORY
        ? Finding.fine("memory", detail)
        : Finding.warning(
            "memory",
            detail,
            "Runs need about 1 GB: close other programs or use a larger machine.");
  }

  private Finding disk() {
    Path existing = home;
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      FileStore store = Files.getFileStore(existing);
      String free = Figures.bytes(store.getUsableSpace()) + " free for " + home;
      if (store.getUsableSpace() < LEAST_DISK) {
        return Finding.warning("disk", free, "Free some space, or use --home on another disk.");
      }
      return Files.isWritable(existing)
          ? Finding.fine("disk", free)
          : Finding.broken(
              "disk", existing + " cannot be written", "Change its permissions, or use --home.");
    } catch (IOException e) {
      return Finding.broken("disk", String.valueOf(e.getMessage()), "Use --home on another disk.");
    }
  }

  private Finding clock() {
    Instant now = clock.instant();
    return now.isAfter(BUILT_AFTER)
        ? Finding.fine("clock", now.toString())
        : Finding.warning(
            "clock", now.toString(), "Set the machine's clock: run names and times come from it.");
  }
}
