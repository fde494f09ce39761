package io.saltus.persistence.home;

import io.saltus.persistence.home.HomeException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A state directory and what lies where in it. Looking at one creates nothing; {@link
 * #lockForWriting} makes it.
 */
public final class Home {

  /** The version of the layout that this class knows. */
  public static final int FORMAT = 1;

  private static final Pattern FORMAT_LINE = Pattern.compile("saltus-home ([0-9]{1,9})\\s*");
  private static final Set<String> NAMES =
      Set.of(
          "format",
          "format.tmp",
          "journal",
          "checkpoints",
          "control",
          "workers",
          "local",
          "logs",
          "lock",
          "holder",
          "holder.tmp",
          "ballast",
          "ballast.tmp",
          "runs.index",
          "runs.index.tmp",
          "series");
  private static final Pattern DATA = Pattern.compile("[0-9]+\\.(log|sst)");
  private static final long LEAST_FREE_BYTES = 1 << 20;
  private static final Pattern NETWORK =
      Pattern.compile("(nfs|cifs|smb|9p|afs|ceph|glusterfs|fuse\\.sshfs|lustre|gpfs).*");

  /** What there is at the path of a home. */
  public enum State {
    /** Nothing. */
    MISSING,
    /** A directory in which no writer has been yet. */
    EMPTY,
    /** A home. */
    READY
  }

  private final Path root;

  private Home(Path root) {
    this.root = root;
  }

  /**
   * Names a home.
   *
   * @param root its path, which need not exist
   * @return the home there
   */
  public static Home at(Path root) {
    return new Home(root.toAbsolutePath().normalize());
  }

  /** Returns the state directory itself. */
  public Path root() {
    return root;
  }

  /** Returns the directory of the journal's database. */
  public Path journal() {
    return root.resolve("journal");
  }

  /** Returns the directory of the checkpoint files. */
  public Path checkpoints() {
    return root.resolve("checkpoints");
  }

  /** Returns the directory of the control socket, for the owner only. */
  public Path control() {
    return root.resolve("control");
  }

  /** Returns the directory of the worker processes' files. */
  public Path workers() {
    return root.resolve("workers");
  }

  /**
   * Returns the directory of what holds on this machine only, such as where input files lie: never
   * part of a history, and no loss.
   */
  public Path local() {
    return root.resolve("local");
  }

  /** Returns the file of the index of runs, which need not be there and is no loss. */
  public Path runIndex() {
    return root.resolve("runs.index");
  }

  /** Returns the directory of the indexes of series, which need not be there and is no loss. */
  public Path series() {
    return root.resolve("series");
  }

  Path format() {
    return root.resolve("format");
  }

  Path lock() {
    return root.resolve("lock");
  }

  Path holder() {
    return root.resolve("holder");
  }

  /**
   * Looks at what there is, and creates nothing.
   *
   * @return what there is
   * @throws HomeException when it is a file, not readable, something else, damaged or too new
   */
  public State inspect() {
    if (!Files.exists(root)) {
      return State.MISSING;
    }
    if (!Files.isDirectory(root)) {
      throw new HomeException(
          Reason.NOT_A_DIRECTORY,
          "the home is a file, not a directory: %s. Choose another with --home.".formatted(root));
    }
    Optional<String> format = readFormat();
    if (format.isPresent()) {
      check(format.get());
      refuseLostCurrent();
      return State.READY;
    }
    refuseForeign();
    return State.EMPTY;
  }

  /**
   * Refuses a home that cannot be read, for commands that need one.
   *
   * @return what there is, never {@link State#MISSING}
   * @throws HomeException as {@link #inspect} does, and when there is no such directory
   */
  public State requireForReading() {
    State state = inspect();
    if (state == State.MISSING) {
      throw new HomeException(
          Reason.MISSING,
          "there is no home here: %s. `saltus run` makes one; --home names another."
              .formatted(root));
    }
    return state;
  }

  /**
   * Takes the home for this process, and makes it first where there is none.
   *
   * @param command what this process was started as, told to others that want the home
   * @return the lock, held until it is closed
   * @throws HomeException as {@link #inspect} does, and when the home is held or may not be written
   */
  public HomeLock lockForWriting(String command) {
    return lockForWriting(command, Optional.empty());
  }

  /**
   * As the other one does, for a process that answers others, who can see by its version whether
   * they may ask.
   *
   * @param version of Saltus, as in {@link Holder}
   */
  public HomeLock lockForWriting(String command, Optional<String> version) {
    inspect();
    try {
      refuseFullDisk();
      Files.createDirectories(root);
      HomeLock lock = HomeLock.take(this, command, version);
      try {
        create();
        return lock;
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /** Returns what the user should be told about where the home lies, usually nothing. */
  public List<String> warnings() {
    try {
      String type = fileStore().type();
      return warnings(root, type);
    } catch (IOException e) {
      return List.of();
    }
  }

  static List<String> warnings(Path root, String fileSystem) {
    return NETWORK.matcher(fileSystem.toLowerCase(Locale.ROOT)).matches()
        ? List.of(
            "the home lies on a network file system (%s): %s. Locks and syncs may not hold there; prefer a local disk."
                .formatted(fileSystem, root))
        : List.of();
  }

  /** The file {@code format} comes last: until then a crash leaves what counts as empty. */
  private void create() throws IOException {
    if (Files.exists(format())) {
      check(Files.readString(format()));
    }
    Files.createDirectories(journal());
    Files.createDirectories(checkpoints());
    if (!Files.exists(control())) {
      Files.createDirectory(
          control(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    if (!Files.exists(format())) {
      syncAbove();
      Path temporary = root.resolve("format.tmp");
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        channel.write(StandardCharsets.US_ASCII.encode("saltus-home %d%n".formatted(FORMAT)));
        channel.force(true);
      }
      Files.move(temporary, format(), StandardCopyOption.ATOMIC_MOVE);
    }
    // At every start: who made all this may have been killed before it was durable.
    sync(root);
  }

  /**
   * Makes the name of the home durable, in its parent and on upwards, because the directories above
   * it may be as new. Before {@code format} is there, so that a home that has one has a name.
   */
  private void syncAbove() throws IOException {
    for (Path above = root.getParent(); above != null; above = above.getParent()) {
      try {
        sync(above);
      } catch (AccessDeniedException e) {
        // Made by somebody else, with all that is above it.
        return;
      }
    }
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory)) {
      channel.force(true);
    }
  }

  private Optional<String> readFormat() {
    try {
      return Files.exists(format()) ? Optional.of(Files.readString(format())) : Optional.empty();
    } catch (IOException e) {
      throw new HomeException(
          Reason.NOT_PERMITTED,
          "the home cannot be read: %s (%s). Check its owner and permissions."
              .formatted(root, e.getMessage()),
          e);
    }
  }

  private void check(String content) {
    Matcher line = FORMAT_LINE.matcher(content);
    if (!line.matches()) {
      throw new HomeException(
          Reason.DAMAGED,
          "this does not say what it is: %s. Restore a home from a copy, or choose another with --home."
              .formatted(format()));
    }
    int version = Integer.parseInt(line.group(1));
    if (version > FORMAT) {
      throw new HomeException(
          Reason.NEWER_FORMAT,
          "the home has format %d and this Saltus knows %d: %s. Use the newer Saltus that made it."
              .formatted(version, FORMAT, root));
    }
  }

  private void refuseForeign() {
    try (Stream<Path> entries = Files.list(root)) {
      List<String> foreign =
          entries
              .map(each -> String.valueOf(each.getFileName()))
              .filter(name -> !NAMES.contains(name))
              .sorted()
              .limit(3)
              .toList();
      if (!foreign.isEmpty()) {
        throw new HomeException(
            Reason.FOREIGN,
            "this directory holds something else (%s): %s. Choose an empty one with --home."
                .formatted(String.join(", ", foreign), root));
      }
    } catch (IOException e) {
      throw refused(e);
    }
    if (Files.exists(journal().resolve("CURRENT"))) {
      throw new HomeException(
          Reason.DAMAGED,
          "the file that states the home's format is missing: %s. Restore it from a copy."
              .formatted(format()));
    }
  }

  /**
   * RocksDB takes a directory without CURRENT for a new database: readers would see no runs, and a
   * writer would begin afresh and sweep the old files away. Logs and tables come only after
   * CURRENT, which is never absent from then on, so files without it are damage and no crash.
   * Listed first: a writer may be making the database at this moment.
   */
  private void refuseLostCurrent() {
    if (!Files.isDirectory(journal())) {
      return;
    }
    boolean used;
    try (Stream<Path> files = Files.list(journal())) {
      used = files.anyMatch(file -> DATA.matcher(String.valueOf(file.getFileName())).matches());
    } catch (IOException e) {
      throw refused(e);
    }
    Path current = journal().resolve("CURRENT");
    if (used && !Files.exists(current)) {
      throw new HomeException(
          Reason.DAMAGED,
          "the journal has lost the file that says where it begins: %s. Leave it as it is: `saltus journal copy --to DIR --salvage` saves what can be read."
              .formatted(current));
    }
  }

  /** Before anything is made. What is no disk or may not be written is refused in other words. */
  private void refuseFullDisk() throws IOException {
    FileStore store = fileStore();
    boolean disk = store.getTotalSpace() > 0 && !store.isReadOnly();
    if (disk && store.getUsableSpace() < LEAST_FREE_BYTES) {
      throw full(null);
    }
  }

  /** Where the home lies, or will. */
  private FileStore fileStore() throws IOException {
    Path existing = root;
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return Files.getFileStore(existing);
  }

  HomeException full(@Nullable Throwable cause) {
    return new HomeException(
        Reason.DISK_FULL,
        "no space left on the disk: %s. Free some and start again.".formatted(root),
        cause);
  }

  HomeException refused(IOException e) {
    String says = String.valueOf(e.getMessage());
    if (says.contains("No space left") || says.contains("quota exceeded")) {
      return full(e);
    }
    return new HomeException(
        Reason.NOT_PERMITTED,
        "the home may not be written: %s (%s). Check its owner and permissions, or choose another with --home."
            .formatted(root, says),
        e);
  }
}
