package io.saltus.app.cli;

import io.saltus.experiment.random.Philox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the format of Fashion-MNIST: noise that is a little brighter class by class. */
final class CraftedPictures {

  private static final int SIDE = 28;
  private static final int CLASSES = 10;

  private CraftedPictures() {}

  /** 700 pictures to train on and 200 others, in a new directory. */
  static Path write(Path directory) throws IOException {
    Files.createDirectory(directory);
    write(directory, "train", 700);
    write(directory, "t10k", 200);
    return directory;
  }

  private static void write(Path directory, String part, int count) throws IOException {
    Philox noise = Philox.keyed(1, part);
    ByteBuffer images = ByteBuffer.allocate(16 + count * SIDE * SIDE);
    images.putInt(0x803).putInt(count).putInt(SIDE).putInt(SIDE);
    ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      int label = i % CLASSES;
      labels.put((byte) label);
      for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
        images.put((byte) (noise.below(200, i, pixel) + 5 * label));
      }
    }
    Files.write(directory.resolve(part + "-images-idx3-ubyte"), images.array());
    Files.write(directory.resolve(part + "-labels-idx1-ubyte"), labels.array());
  }
}
