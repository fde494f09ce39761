package io.saltus.app.cli;

import io.saltus.app.doctor.Doctor;
import io.saltus.app.doctor.Finding;
import io.saltus.app.json.Json;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.text.Figures;
import io.saltus.app.text.TextTable;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeException;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksReaders;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Checks what Saltus needs. */
@Command(name = "doctor", description = "Check JDK, natives, memory, disk, journal, clock, GPU.")
final class DoctorCommand implements Callable<Integer> {

  private static final String JOURNAL = "journal";

  private final Invocation invocation;

  DoctorCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    boolean json = invocation.json();
    List<Finding> findings =
        new Doctor(
                invocation.surroundings().machine().get(),
                invocation.home(),
                invocation.surroundings().clock(),
                this::journal)
            .examine();
    if (json) {
      findings.forEach(finding -> invocation.print(line(finding)));
    } else {
      print(findings);
    }
    boolean broken =
        findings.stream().anyMatch(finding -> finding.verdict() == Finding.Verdict.BROKEN);
    return (broken ? ExitCode.FAILED : ExitCode.FINE).code();
  }

  private void print(List<Finding> findings) {
    TextTable table = TextTable.of("check", "verdict", "found");
    findings.forEach(
        finding -> {
          table.row(finding.check(), finding.verdict().word(), finding.detail());
          finding.remedy().ifPresent(remedy -> table.row("", "", remedy));
        });
    invocation.print(table.lines());
  }

  private Finding journal() {
    Home home = Home.at(invocation.home());
    try {
      List<String> warnings = home.warnings();
      if (!warnings.isEmpty()) {
        return Finding.warning(JOURNAL, warnings.get(0), "Use --home on a local disk.");
      }
      if (home.inspect() != Home.State.READY) {
        return Finding.fine(JOURNAL, "none yet at " + home.root());
      }
      try (JournalReader reader = RocksReaders.open(home.journal())) {
        return Finding.fine(
            JOURNAL,
            Figures.whole(reader.durableOffset())
                + " events in "
                + Figures.whole(reader.persistenceIds().size())
                + " streams; 'saltus journal check' reads all of them");
      }
    } catch (HomeException e) {
      return Finding.broken(
          JOURNAL, String.valueOf(e.getMessage()), "Or choose another home with --home.");
    }
  }

  private static String line(Finding finding) {
    return Json.line(
        json ->
            json.put("check", finding.check())
                .put("verdict", finding.verdict().word())
                .put("ok", finding.verdict() != Finding.Verdict.BROKEN)
                .put("detail", finding.detail())
                .put("remedy", finding.remedy().orElse(null)));
  }
}
