package io.saltus.app.imports;

import io.saltus.app.problem.Refusal;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.RunEvent.ImportOrigin;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The runs of a directory of event files, or of one file. The files of one directory are one run,
 * in the order of their names; directories below it are runs of their own. Links are not followed.
 */
final class TensorBoardRuns {

  private static final String MARK = "tfevents";
  private static final int DEEPEST = 16;
  private static final int MOST_FILES = 10_000;
  private static final int MOST_PARAMETERS = 10_000;

  private final Path root;
  private final Consumer<String> remarks;
  private final Allowance allowance;

  TensorBoardRuns(Path root, Consumer<String> remarks) {
    this.root = root;
    this.remarks = remarks;
    this.allowance = Allowance.ofHeap(root.toString());
  }

  List<ForeignRun> read() throws IOException {
    List<ForeignRun> runs = new ArrayList<>();
    for (Map.Entry<Path, List<Path>> each : files().entrySet()) {
      read(each.getKey(), each.getValue()).ifPresent(runs::add);
    }
    if (runs.isEmpty()) {
      throw Refusal.wrong(
          "there are no scalars in it",
          root.toString(),
          "Event files have tfevents in their name.");
    }
    return runs;
  }

  /** The event files by their directory, both in the order of their names. */
  private NavigableMap<Path, List<Path>> files() throws IOException {
    NavigableMap<Path, List<Path>> found = new TreeMap<>();
    if (Files.isRegularFile(root)) {
      found.put(root, List.of(root));
      return found;
    }
    int[] count = new int[1];
    Files.walkFileTree(
        root,
        EnumSet.noneOf(FileVisitOption.class),
        DEEPEST,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && String.valueOf(file.getFileName()).contains(MARK)) {
              if (++count[0] > MOST_FILES) {
                throw Refusal.wrong(
                    "there are more than 10000 event files in it",
                    root.toString(),
                    "Import it in parts.");
              }
              found
                  .computeIfAbsent(
                      Optional.ofNullable(file.getParent()).orElse(root),
                      directory -> new ArrayList<>())
                  .add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.values().forEach(files -> files.sort(Comparator.naturalOrder()));
    return found;
  }

  private Optional<ForeignRun> read(Path place, List<Path> files) throws IOException {
    TensorBoardRun run = new TensorBoardRun(allowance, MOST_PARAMETERS);
    MessageDigest digest = Sha256.digest();
    for (Path file : files) {
      run.read(file).ifPresent(damage -> remarks.accept(relative(file) + ": " + damage));
      digest.update(Sha256.ofFile(file).bytes());
    }
    String name = relative(place);
    run.remarks().forEach(remark -> remarks.accept(name + ": " + remark));
    if (run.series().isEmpty()) {
      remarks.accept(name + ": no scalars");
      return Optional.empty();
    }
    SortedMap<String, String> parameters = run.parameters();
    return Optional.of(
        new ForeignRun(
            ImportOrigin.TENSORBOARD,
            ForeignNames.experiment(name(root)),
            Optional.of(Words.displayName(name)),
            parameters,
            Sha256.from(digest),
            Optional.empty(),
            run.series()));
  }

  /** The name of a place below the root, as people know it; of the root its own. */
  private String relative(Path place) {
    return place.equals(root) ? name(root) : root.relativize(place).toString();
  }

  private static String name(Path path) {
    return Optional.ofNullable(path.getFileName()).map(Path::toString).orElse("imported");
  }
}
