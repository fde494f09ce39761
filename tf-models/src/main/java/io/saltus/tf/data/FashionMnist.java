package io.saltus.tf.data;

import io.saltus.experiment.random.KeyedPermutation;
import io.saltus.experiment.random.Philox;
import io.saltus.experiment.session.SessionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Fashion-MNIST: 60,000 and 10,000 grey images of 28 × 28 pixels in ten classes of clothing, as
 * four IDX files. Source: H. Xiao, K. Rasul, R. Vollgraf, "Fashion-MNIST: a novel image dataset for
 * benchmarking machine learning algorithms", arXiv 1708.07747 (MIT licence).
 */
public final class FashionMnist {

  /** How many kinds of garments there are. */
  public static final int CLASSES = 10;

  /** Of a picture of 28 by 28. */
  public static final int PIXELS = 784;

  /** Where Debian's package {@code dataset-fashion-mnist} puts the files. */
  public static final Path DEBIAN = Path.of("/usr/share/datasets/fashion-mnist");

  private static final String TRAIN_IMAGES = "train-images";
  private static final String TRAIN_LABELS = "train-labels";
  private static final String TEST_IMAGES = "test-images";
  private static final String TEST_LABELS = "test-labels";

  private static final SortedMap<String, String> FILES =
      Collections.unmodifiableSortedMap(
          new TreeMap<>(
              Map.of(
                  TRAIN_IMAGES, "train-images-idx3-ubyte.gz",
                  TRAIN_LABELS, "train-labels-idx1-ubyte.gz",
                  TEST_IMAGES, "t10k-images-idx3-ubyte.gz",
                  TEST_LABELS, "t10k-labels-idx1-ubyte.gz")));

  private FashionMnist() {}

  /**
   * The four files of a directory, each with or without {@code .gz}.
   *
   * @throws SessionException when one is not there; the message says how to get it
   */
  public static SortedMap<String, Path> files(Path directory) {
    SortedMap<String, Path> found = new TreeMap<>();
    FILES.forEach((name, file) -> found.put(name, find(directory, file)));
    return found;
  }

  /**
   * Reads the files. The first {@code trainSamples} of a permutation of the training images, which
   * is a function of the seed, are trained on, so that smaller sets of a seed lie inside larger
   * ones; all images of the test files are the validation set.
   *
   * @param files as given by {@link #files}
   * @param trainSamples at least 1
   * @throws SessionException when a file is damaged, files do not fit each other, or there are
   *     fewer images than asked for
   */
  public static Split read(SortedMap<String, Path> files, int trainSamples, long dataSeed) {
    IdxFile trainImages = IdxFile.read(file(files, TRAIN_IMAGES), 3);
    IdxFile testImages = IdxFile.read(file(files, TEST_IMAGES), 3);
    requireSameSize(files, trainImages, testImages);
    Examples all = examples(files, TRAIN_IMAGES, trainImages, TRAIN_LABELS);
    if (trainSamples > all.size()) {
      throw new SessionException(
          "task.train-samples is "
              + trainSamples
              + ", but "
              + name(files, TRAIN_IMAGES)
              + " holds "
              + all.size()
              + " images. Ask for fewer.");
    }
    return new Split(
        choose(all, trainSamples, dataSeed), examples(files, TEST_IMAGES, testImages, TEST_LABELS));
  }

  private static void requireSameSize(
      SortedMap<String, Path> files, IdxFile trainImages, IdxFile testImages) {
    String train = trainImages.dimensions()[1] + " × " + trainImages.dimensions()[2];
    String test = testImages.dimensions()[1] + " × " + testImages.dimensions()[2];
    if (!train.equals(test)) {
      throw new SessionException(
          name(files, TRAIN_IMAGES)
              + " holds images of "
              + train
              + ", but "
              + name(files, TEST_IMAGES)
              + " of "
              + test
              + " pixels. Give files that belong together.");
    }
  }

  private static Examples examples(
      SortedMap<String, Path> files, String images, IdxFile pixels, String labels) {
    IdxFile classes = IdxFile.read(file(files, labels), 1);
    if (pixels.items() != classes.items()) {
      throw new SessionException(
          name(files, images)
              + " holds "
              + pixels.items()
              + " images, but "
              + name(files, labels)
              + " "
              + classes.items()
              + " labels. Give files that belong together.");
    }
    int[] wanted = new int[classes.items()];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = classes.bytes()[i] & 0xff;
      if (wanted[i] >= CLASSES) {
        throw new SessionException(
            name(files, labels) + ": label " + i + " is " + wanted[i] + ", not 0 to 9.");
      }
    }
    int width = pixels.dimensions()[1] * pixels.dimensions()[2];
    return new Examples(new Inputs.Rows(pixels.bytes(), width), wanted, CLASSES);
  }

  private static Examples choose(Examples all, int count, long dataSeed) {
    Inputs.Rows rows = (Inputs.Rows) all.inputs();
    KeyedPermutation order = new KeyedPermutation(Philox.keyed(dataSeed, "split"), 0, all.size());
    byte[] bytes = new byte[count * rows.width()];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      int chosen = order.at(i);
      System.arraycopy(rows.bytes(), chosen * rows.width(), bytes, i * rows.width(), rows.width());
      labels[i] = all.labels()[chosen];
    }
    return new Examples(new Inputs.Rows(bytes, rows.width()), labels, all.classes());
  }

  private static Path find(Path directory, String file) {
    Path compressed = directory.resolve(file);
    if (Files.isRegularFile(compressed)) {
      return compressed;
    }
    Path plain = directory.resolve(file.substring(0, file.length() - ".gz".length()));
    if (Files.isRegularFile(plain)) {
      return plain;
    }
    throw new SessionException(
        "Fashion-MNIST is not here: "
            + directory
            + " has no "
            + file
            + ". On Debian: apt install dataset-fashion-mnist. Elsewhere put "
            + String.join(", ", FILES.values())
            + " into a directory and name it in task.path.");
  }

  private static Path file(SortedMap<String, Path> files, String name) {
    Path file = files.get(name);
    if (file == null) {
      throw new SessionException("Fashion-MNIST needs the input " + name + ".");
    }
    return file;
  }

  private static String name(SortedMap<String, Path> files, String name) {
    return String.valueOf(file(files, name).getFileName());
  }
}
