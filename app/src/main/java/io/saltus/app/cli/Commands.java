package io.saltus.app.cli;

import picocli.CommandLine;

/** The subcommands, in the order of the help. */
final class Commands {

  private Commands() {}

  static void addTo(CommandLine root, Invocation invocation) {
    root.addSubcommand("run", new RunCommand(invocation));
    root.addSubcommand("study", new StudyCommand(invocation));
    root.addSubcommand("resume", new ResumeCommand(invocation));
    root.addSubcommand("pause", new PauseCommand(invocation));
    root.addSubcommand("cancel", new CancelCommand(invocation));
    root.addSubcommand("extend", new ExtendCommand(invocation));
    root.addSubcommand("delete", new DeleteCommand(invocation));
    root.addSubcommand("fork", new ForkCommand(invocation));
    root.addSubcommand("verify", new VerifyCommand(invocation));
    root.addSubcommand("probe", new ProbeCommand(invocation));
    root.addSubcommand("compare", new CompareCommand(invocation));
    root.addSubcommand("checkpoints", CheckpointsCommand.create(invocation));
    root.addSubcommand("gc", new GcCommand(invocation));
    root.addSubcommand("jumps", new JumpsCommand(invocation));
    root.addSubcommand("changes", new ChangesCommand(invocation));
    root.addSubcommand("runs", new RunsCommand(invocation));
    root.addSubcommand("studies", new StudiesCommand(invocation));
    root.addSubcommand("show", new ShowCommand(invocation));
    root.addSubcommand("events", new EventsCommand(invocation));
    root.addSubcommand("metrics", new MetricsCommand(invocation));
    root.addSubcommand("sql", new SqlCommand(invocation));
    root.addSubcommand("export", new ExportCommand(invocation));
    root.addSubcommand("import", new ImportCommand(invocation));
    root.addSubcommand("replay", new ReplayCommand(invocation));
    root.addSubcommand("tag", new TagCommand(invocation));
    root.addSubcommand("note", new NoteCommand(invocation));
    root.addSubcommand("rename", new RenameCommand(invocation));
    root.addSubcommand("archive", new ArchiveCommand(invocation));
    root.addSubcommand("journal", JournalCommand.create(invocation));
    root.addSubcommand("serve", new ServeCommand(invocation));
    root.addSubcommand("token", TokenCommand.create(invocation));
    root.addSubcommand("specs", new SpecsCommand(invocation));
    root.addSubcommand("devices", new DevicesCommand(invocation));
    root.addSubcommand("doctor", new DoctorCommand(invocation));
    root.addSubcommand("completion", new CompletionCommand(invocation, root));
  }
}
