package io.saltus.persistence.checkpoint;

import io.saltus.experiment.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Deletes checkpoints that no run refers to, and what crashes and bad disks left beside them.
 * Planning is for anyone; executing is for the process that holds the home, through the store by
 * which it saves, and may happen while others save there.
 *
 * <p>A file that is being saved, or is saved and not released, stays. What is deleted is condemned
 * first, and the references are read after that: whoever released it before has made the journal
 * refer to it, which is seen then; whoever saves it after waits and writes it anew.
 */
public final class CheckpointCollector {

  private final CheckpointStore store;
  private final Supplier<CheckpointReferences> references;

  /**
   * @param references reads what the runs refer to now, every durable event included, and not what
   *     a reader knew before
   */
  public CheckpointCollector(CheckpointStore store, Supplier<CheckpointReferences> references) {
    this.store = store;
    this.references = references;
  }

  /**
   * Says what there is to delete, and deletes nothing.
   *
   * @throws IOException when the directory cannot be read
   */
  public CollectionPlan plan() throws IOException {
    Inventory found = store.inventory();
    List<StoredCheckpoint> free =
        found.checkpoints().stream().filter(each -> !pins().isPinned(each.sha256())).toList();
    List<StoredFile> halfWritten =
        found.halfWritten().stream().filter(each -> !pins().isTaken(each.name())).toList();
    CheckpointReferences now = references.get();
    return new CollectionPlan(
        free.stream().filter(each -> !now.checkpoints().contains(each.sha256())).toList(),
        halfWritten,
        found.setAside(),
        now.unreadable());
  }

  /**
   * Deletes what was planned and may still be deleted, durably when this returns.
   *
   * @param plan may be old
   * @throws IOException when a file cannot be deleted; others may have been
   */
  public Collected execute(CollectionPlan plan) throws IOException {
    List<StoredCheckpoint> condemned = new ArrayList<>();
    try {
      for (StoredCheckpoint each : plan.unreferenced()) {
        if (pins().condemn(each.sha256())) {
          condemned.add(each);
        }
      }
      CheckpointReferences now = references.get();
      Optional<String> obstacle =
          plan.obstacle().or(() -> CollectionPlan.obstacle(now.unreadable()));
      return obstacle.isPresent()
          ? new Collected(0, 0, obstacle)
          : delete(unreferenced(condemned, now), plan);
    } finally {
      condemned.forEach(each -> pins().spare(each.sha256()));
    }
  }

  /**
   * Deletes those of some checkpoints that no run refers to now, as after a run dropped them.
   *
   * @throws IOException when a file cannot be deleted; others may have been
   */
  public Collected collect(Set<Sha256> candidates) throws IOException {
    List<StoredCheckpoint> found =
        store.inventory().checkpoints().stream()
            .filter(each -> candidates.contains(each.sha256()))
            .toList();
    return execute(new CollectionPlan(found, List.of(), List.of(), List.of()));
  }

  private static List<StoredCheckpoint> unreferenced(
      List<StoredCheckpoint> condemned, CheckpointReferences now) {
    return condemned.stream().filter(each -> !now.checkpoints().contains(each.sha256())).toList();
  }

  private Collected delete(List<StoredCheckpoint> checkpoints, CollectionPlan plan)
      throws IOException {
    Tally tally = new Tally();
    for (StoredCheckpoint each : checkpoints) {
      tally.delete(file(CheckpointNames.of(each.sha256())));
    }
    for (StoredFile each : plan.halfWritten()) {
      if (CheckpointNames.isTemporary(each.name()) && pins().begin(each.name())) {
        try {
          tally.delete(file(each.name()));
        } finally {
          pins().end(each.name());
        }
      }
    }
    for (StoredFile each : plan.setAside()) {
      if (CheckpointNames.isSetAside(each.name())) {
        tally.delete(file(each.name()));
      }
    }
    if (tally.files > 0) {
      Directories.sync(store.directory());
    }
    return new Collected(tally.files, tally.bytes, Optional.empty());
  }

  private Path file(String name) {
    return store.directory().resolve(name);
  }

  private Pins pins() {
    return store.pins();
  }

  private static final class Tally {

    private int files;
    private long bytes;

    void delete(Path file) throws IOException {
      try {
        long size = Files.size(file);
        Files.delete(file);
        files++;
        bytes += size;
      } catch (NoSuchFileException alreadyGone) {
        // Another collection was faster.
      }
    }
  }
}
