package io.saltus.persistence.checkpoint;

import io.saltus.experiment.Sha256;
import io.saltus.experiment.session.TensorValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The checkpoints of a home: states as files that are named by their digest. Looking creates
 * nothing; {@link #save} makes the directory. Any thread may call any method; only the process that
 * holds the home may write, and it does so through one store, which knows what it has saved and the
 * journal does not refer to yet.
 */
public final class CheckpointStore {

  private final Path directory;
  private final Pins pins = new Pins();
  private final AtomicLong temporaries = new AtomicLong();
  private final Object renaming = new Object();

  private CheckpointStore(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
  }

  /**
   * Names a store.
   *
   * @param directory of the files, which need not exist
   */
  public static CheckpointStore at(Path directory) {
    return new CheckpointStore(directory);
  }

  /**
   * Saves a state, durably when this returns. The same state in any order is the same file; a file
   * that is there already is read and verified, and replaced when it is bad. Needs little memory
   * beside the state.
   *
   * <p>What it returns is pinned: {@link CheckpointCollector} leaves it alone until {@link
   * #release} is called, once for each save.
   *
   * @param state tensors of different names
   * @return what the journal should refer to
   * @throws DiskFullException when there is no space; nothing stays behind
   * @throws IOException when the file cannot be written; nothing stays behind
   * @throws IllegalArgumentException when two tensors have the same name or one cannot be written
   */
  public StoredCheckpoint save(List<TensorValue> state) throws IOException {
    createDirectory();
    String name = beginTemporary();
    Path temporary = directory.resolve(name);
    try {
      SafeTensorsWriting writing = SafeTensorsWriting.of(state);
      DigestBeside digest = DigestBeside.begin(writing);
      DurableFile.write(temporary, writing::writeTo);
      return settle(temporary, digest);
    } finally {
      pins.end(name);
    }
  }

  /** A name that neither this process uses nor a file has that a crash left. */
  private String beginTemporary() {
    while (true) {
      String name = CheckpointNames.temporary(temporaries.incrementAndGet());
      if (pins.begin(name)) {
        if (!Files.exists(directory.resolve(name))) {
          return name;
        }
        pins.end(name);
      }
    }
  }

  private StoredCheckpoint settle(Path temporary, DigestBeside digest) throws IOException {
    Sha256 sha256;
    try {
      sha256 = digest.await();
    } catch (RuntimeException | Error e) {
      DurableFile.discard(temporary);
      throw e;
    }
    pins.pin(sha256);
    boolean done = false;
    try {
      long bytes = Files.size(temporary);
      if (flaw(sha256, bytes).isEmpty()) {
        Files.delete(temporary);
      } else {
        synchronized (renaming) {
          Files.move(temporary, path(sha256), StandardCopyOption.ATOMIC_MOVE);
        }
      }
      Directories.sync(directory);
      done = true;
      return new StoredCheckpoint(sha256, bytes);
    } catch (IOException e) {
      throw DiskFullException.recognise(e, directory);
    } finally {
      if (!done) {
        DurableFile.discard(temporary);
        pins.release(sha256);
      }
    }
  }

  private void createDirectory() throws IOException {
    try {
      Directories.create(directory);
    } catch (IOException e) {
      throw DiskFullException.recognise(e, directory);
    }
  }

  /**
   * Pins a checkpoint that somebody else saved and that the caller is about to refer to, as a fork
   * does. Whether it is there and good is to be looked at after this: it may have been collected
   * before.
   */
  public void pin(Sha256 sha256) {
    pins.pin(sha256);
  }

  /**
   * Says that the journal durably refers to a pinned checkpoint, or that nobody ever will. Once for
   * each {@link #save} and each {@link #pin}; more do nothing.
   */
  public void release(Sha256 sha256) {
    pins.release(sha256);
  }

  /** As {@link #release(Sha256)}, of what was saved. */
  public void release(StoredCheckpoint saved) {
    release(saved.sha256());
  }

  /**
   * The digest that {@link #save} would give, writing nothing.
   *
   * @throws IllegalArgumentException as {@link #save} does
   */
  public static Sha256 digest(List<TensorValue> state) {
    return SafeTensorsWriting.of(state).digest();
  }

  /**
   * Reads a state; what is returned has been verified against its digest.
   *
   * @return in the byte order of names, whatever order was saved
   * @throws CheckpointException when the file is missing, cannot be read, or is not what was saved
   */
  public List<TensorValue> load(Sha256 sha256) {
    return file(sha256).load();
  }

  /**
   * Says why a checkpoint cannot be used: missing, another size, another digest, another format.
   * Reads all of the file and keeps nothing of it.
   *
   * @param bytes the size that the journal knows
   * @return a few words; empty when it is good
   */
  public Optional<String> flaw(Sha256 sha256, long bytes) {
    return file(sha256).flaw(bytes);
  }

  /**
   * Renames a bad checkpoint, so that it is not used and can be looked at; durably when this
   * returns. Does nothing when it is missing, or is good because it has meanwhile been saved again.
   *
   * @throws IOException when it cannot be renamed
   */
  public void setAside(Sha256 sha256) throws IOException {
    synchronized (renaming) {
      if (file(sha256).flaw().isEmpty()) {
        return;
      }
      try {
        Files.move(
            path(sha256),
            directory.resolve(CheckpointNames.setAside(sha256)),
            StandardCopyOption.ATOMIC_MOVE);
      } catch (NoSuchFileException missing) {
        return;
      }
    }
    Directories.sync(directory);
  }

  /**
   * Deletes a checkpoint, pinned or not and whoever refers to it, durably when this returns; a
   * missing one is fine. {@link CheckpointCollector} deletes what is safe to delete.
   *
   * @throws IOException when it cannot be deleted
   */
  public void delete(Sha256 sha256) throws IOException {
    if (Files.deleteIfExists(path(sha256))) {
      Directories.sync(directory);
    }
  }

  /**
   * Lists what lies in the directory, nothing when there is none.
   *
   * @throws IOException when the directory cannot be read
   */
  public Inventory inventory() throws IOException {
    return InventoryReader.read(directory);
  }

  /**
   * Copies a checkpoint to a file of the user's, verified while it is copied.
   *
   * @param target which must not exist, in a directory that does
   * @throws FileAlreadyExistsException when something has that name
   * @throws DiskFullException when there is no space; nothing stays behind
   * @throws IOException when the file cannot be written; nothing stays behind
   * @throws CheckpointException when the checkpoint is missing or bad
   */
  public void export(Sha256 sha256, Path target) throws IOException {
    CheckpointExport.copy(file(sha256), target.toAbsolutePath());
  }

  /**
   * Reads any safetensors file, strictly: metadata is allowed and left out, everything else that
   * the layout does not know is refused, and so are dtypes that {@link TensorValue} does not have.
   *
   * @return in the byte order of names
   * @throws SafeTensorsException when it is no such file; the message says what is wrong where
   * @throws IOException when it cannot be read
   */
  public static List<TensorValue> read(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new SafeTensorsException("this is not a file: " + file);
    }
    try (InputStream in = Files.newInputStream(file)) {
      return SafeTensors.read(in, Files.size(file));
    }
  }

  Pins pins() {
    return pins;
  }

  Path directory() {
    return directory;
  }

  private CheckpointFile file(Sha256 sha256) {
    return new CheckpointFile(path(sha256), sha256);
  }

  private Path path(Sha256 sha256) {
    return directory.resolve(CheckpointNames.of(sha256));
  }
}
