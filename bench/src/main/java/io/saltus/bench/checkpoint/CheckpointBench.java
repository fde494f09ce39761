package io.saltus.bench.checkpoint;

import io.saltus.bench.Ratio;
import io.saltus.bench.ground.Median;
import io.saltus.experiment.session.TensorValue;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.checkpoint.StoredCheckpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;

/** Saving 100 MB against a plain write and fsync of the same bytes, in turn. */
public final class CheckpointBench {

  private static final int WARM = 3;
  private static final int PAIRS = 11;
  private static final int BYTES = 100_000_000;
  private static final int PIECE_BYTES = 1 << 18;

  private CheckpointBench() {}

  /** Measures megabytes per second of both; each checkpoint is another file. */
  public static List<Ratio> run(Path scratch) throws IOException {
    byte[] bytes = new byte[BYTES];
    new Random(1).nextBytes(bytes);
    CheckpointStore store = CheckpointStore.at(scratch.resolve("checkpoints"));
    double[] plain = new double[PAIRS];
    double[] saved = new double[PAIRS];
    for (int round = -WARM; round < PAIRS; round++) {
      bytes[0] = (byte) round;
      double plainRate = plain(scratch.resolve("plain"), bytes);
      double savedRate = saved(store, bytes);
      if (round >= 0) {
        plain[round] = plainRate;
        saved[round] = savedRate;
      }
    }
    return List.of(
        new Ratio(
            "saving a checkpoint of 100 MB (median of " + PAIRS + " pairs)",
            "MB/s",
            Median.of(saved),
            "plain write and fsync",
            Median.of(saved) / Median.ofRatios(saved, plain),
            0.5));
  }

  private static double plain(Path file, byte[] bytes) throws IOException {
    long begin = System.nanoTime();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.position() < bytes.length) {
        rest.limit(Math.min(bytes.length, rest.position() + PIECE_BYTES));
        channel.write(rest);
      }
      channel.force(true);
    }
    double rate = rate(begin);
    Files.delete(file);
    return rate;
  }

  private static double saved(CheckpointStore store, byte[] bytes) throws IOException {
    List<TensorValue> state =
        List.of(new TensorValue("weights", TensorValue.Dtype.U8, List.of((long) BYTES), bytes));
    long begin = System.nanoTime();
    StoredCheckpoint checkpoint = store.save(state);
    double rate = rate(begin);
    store.release(checkpoint);
    store.delete(checkpoint.sha256());
    return rate;
  }

  private static double rate(long begin) {
    return BYTES / 1e6 / ((System.nanoTime() - begin) / 1e9);
  }
}
