package io.saltus.persistence.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFullTest {

  /** Linux has a device that is always full. */
  private static final Path FULL = Path.of("/dev/full");

  @TempDir Path directory;

  @Test
  void a_full_disk_is_recognised_and_leaves_no_file() throws IOException {
    assumeTrue(Files.isWritable(FULL), "there is no /dev/full");
    Path file = directory.resolve("write-1.tmp");
    try (FileChannel full = FileChannel.open(FULL, StandardOpenOption.WRITE)) {
      OutputStream out = Channels.newOutputStream(full);
      assertThat(failure(file, ours -> SafeTensors.write(Tensors.documented(), out)))
          .isInstanceOf(DiskFullException.class)
          .hasMessageStartingWith("no space left on the disk: " + directory);
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void a_quota_is_a_full_disk() throws IOException {
    Path file = directory.resolve("write-1.tmp");
    assertThat(failure(file, out -> fail("write-1.tmp: Disk quota exceeded")))
        .isInstanceOf(DiskFullException.class);
  }

  @Test
  void another_failure_stays_what_it_is_and_leaves_no_file() throws IOException {
    Path file = directory.resolve("write-1.tmp");
    assertThat(
            failure(
                file,
                out -> {
                  out.write(1);
                  fail("Input/output error");
                }))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("Input/output error");
    assertThat(file).doesNotExist();
  }

  private static void fail(String message) throws IOException {
    throw new IOException(message);
  }

  private static IOException failure(Path file, DurableFile.Content content) {
    try {
      DurableFile.write(file, content);
    } catch (IOException e) {
      return e;
    }
    throw new AssertionError("it was written");
  }
}
