package io.saltus.persistence.checkpoint;

import io.saltus.experiment.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Sorts the files of a directory by what their names say they are. */
final class InventoryReader {

  private final List<StoredCheckpoint> checkpoints = new ArrayList<>();
  private final List<StoredFile> halfWritten = new ArrayList<>();
  private final List<StoredFile> setAside = new ArrayList<>();
  private final List<StoredFile> foreign = new ArrayList<>();

  private InventoryReader() {}

  static Inventory read(Path directory) throws IOException {
    InventoryReader reader = new InventoryReader();
    for (Path file : files(directory)) {
      reader.add(file);
    }
    return new Inventory(reader.checkpoints, reader.halfWritten, reader.setAside, reader.foreign);
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (NoSuchFileException | NotDirectoryException none) {
      return List.of();
    }
  }

  private void add(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    if (!Files.isRegularFile(file)) {
      foreign.add(new StoredFile(name, 0));
      return;
    }
    StoredFile found;
    try {
      found = new StoredFile(name, Files.size(file));
    } catch (NoSuchFileException meanwhileGone) {
      return;
    }
    Optional<Sha256> sha256 = CheckpointNames.checkpoint(name);
    if (sha256.isPresent()) {
      checkpoints.add(new StoredCheckpoint(sha256.get(), found.bytes()));
    } else if (CheckpointNames.isTemporary(name)) {
      halfWritten.add(found);
    } else if (CheckpointNames.isSetAside(name)) {
      setAside.add(found);
    } else {
      foreign.add(found);
    }
  }
}
