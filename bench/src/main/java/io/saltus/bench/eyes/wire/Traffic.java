package io.saltus.bench.eyes.wire;

import io.saltus.bench.scale.Latencies;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/** Readers and questions, all on the thread that calls. */
public final class Traffic implements AutoCloseable {

  private static final int SCRATCH = 256 << 10;
  private static final int FIRST_WRONG = 5;
  private static final int MOST_REFUSALS = 1_000;

  private final InetSocketAddress address;
  private final Selector selector;
  private final byte[] scratch = new byte[SCRATCH];
  private final List<Ask> mix;
  private final List<Asker> askers = new ArrayList<>();
  private final Deque<Asker> free = new ArrayDeque<>();
  private final List<StreamReader> readers = new ArrayList<>();
  private final Latencies ages = new Latencies();
  private Count count;

  /** What was counted since the last question after it. */
  private static final class Count {
    private final long begin = System.nanoTime();
    private final long processor = processorNanos();
    private final Latencies latencies = new Latencies();
    private final long[] bytes;
    private final long[] answered;
    private final List<String> firstWrong = new ArrayList<>();
    private long asked;
    private long good;
    private long refused;
    private long wrong;

    Count(int kinds) {
      bytes = new long[kinds];
      answered = new long[kinds];
    }
  }

  /**
   * Begins without readers.
   *
   * @param connections that ask
   * @param mix the questions, in turn
   */
  public Traffic(InetSocketAddress address, int connections, List<Ask> mix) throws IOException {
    this.address = address;
    this.mix = List.copyOf(mix);
    this.selector = Selector.open();
    this.count = new Count(mix.size());
    for (int i = 0; i < connections; i++) {
      Asker asker = new Asker(selector, address, this::answered);
      askers.add(asker);
      free.add(asker);
    }
  }

  /**
   * Adds a reader of the stream.
   *
   * @param topics as they stand in an address
   * @param hangsUpAfter so many messages, to go on with the last id; 0: never
   * @param watches whether it notes how old events are when they come
   */
  public void read(String topics, int hangsUpAfter, boolean watches) throws IOException {
    StreamReader reader = new StreamReader(selector, address, topics, hangsUpAfter, watches, ages);
    readers.add(reader);
    reader.open();
  }

  /** Waits until all streams are open; false where that takes too long. */
  public boolean awaitOpen(Duration patience) throws IOException {
    return turn(
        patience, () -> readers.stream().allMatch(reader -> reader.begin() >= 0), () -> 100);
  }

  /**
   * Asks at even times, whether answers come or not.
   *
   * @param perSecond questions
   */
  public Answers ask(Duration time, double perSecond) throws IOException {
    count = new Count(mix.size());
    long period = (long) (1e9 / perSecond);
    long begin = System.nanoTime();
    BooleanSupplier never =
        () -> {
          askWhatIsDue(begin, period);
          return false;
        };
    turn(
        time,
        never,
        () -> Math.max(1, (begin + count.asked * period - System.nanoTime()) / 1_000_000));
    return counted();
  }

  private void askWhatIsDue(long begin, long period) {
    long now = System.nanoTime();
    while (!free.isEmpty() && begin + count.asked * period <= now) {
      askNext(begin + count.asked * period);
    }
  }

  /** Asks so many questions as quickly as they are answered. */
  public Answers ask(long questions, Duration patience) throws IOException {
    count = new Count(mix.size());
    boolean all =
        turn(
            patience,
            () -> {
              while (!free.isEmpty() && count.asked < questions) {
                askNext(System.nanoTime());
              }
              return count.asked == questions && free.size() == askers.size();
            },
            () -> 100);
    if (!all) {
      throw new IllegalStateException(
          count.asked + " of " + questions + " questions were asked in " + patience);
    }
    return counted();
  }

  private void askNext(long due) {
    Asker asker = free.removeFirst();
    int place = (int) (count.asked++ % mix.size());
    try {
      asker.ask(mix.get(place), place, due);
    } catch (IOException e) {
      throw new IllegalStateException("the server cannot be asked: " + e.getMessage(), e);
    }
  }

  private void answered(Asker asker) {
    free.addLast(asker);
    int place = asker.place();
    switch (asker.status()) {
      case 200, 304 -> {
        count.good++;
        count.bytes[place] += asker.bytes();
        count.answered[place]++;
        count.latencies.add(System.nanoTime() - asker.due());
      }
      case 429, 503 -> count.refused++;
      default -> {
        count.wrong++;
        if (count.firstWrong.size() < FIRST_WRONG) {
          count.firstWrong.add(asker.status() + " " + mix.get(place).path());
        }
      }
    }
  }

  private Answers counted() {
    List<Long> bytes = new ArrayList<>();
    for (int i = 0; i < mix.size(); i++) {
      bytes.add(count.bytes[i] / Math.max(1, count.answered[i]));
    }
    return new Answers(
        count.good,
        count.refused,
        count.wrong,
        count.firstWrong,
        (System.nanoTime() - count.begin) / 1e9,
        count.latencies.quantile(0.5) / 1e6,
        count.latencies.quantile(0.99) / 1e6,
        bytes,
        (processorNanos() - count.processor) / 1e9);
  }

  /** Waits until all readers know everything up to an offset, or longer than it may take. */
  public void awaitRead(long offset, Duration patience) throws IOException {
    turn(patience, () -> readers.stream().allMatch(reader -> reader.last() >= offset), () -> 50);
  }

  /**
   * Ends the readers and holds what they were told against what happened.
   *
   * @param happened offsets of all events that they asked for, in order
   * @param until the last of these that they must have been told
   */
  public Heard heard(long[] happened, long until) throws IOException {
    long events = 0;
    long lost = 0;
    long twice = 0;
    int behind = 0;
    for (StreamReader reader : readers) {
      reader.end();
      long[] told = reader.events();
      events += told.length;
      behind += reader.last() < until ? 1 : 0;
      Map<Long, Integer> times = new TreeMap<>();
      for (int i = 0; i < told.length; i++) {
        times.merge(told[i], 1, Integer::sum);
        twice += i > 0 && told[i] <= told[i - 1] ? 1 : 0;
      }
      lost +=
          Arrays.stream(happened)
              .filter(offset -> offset > reader.begin() && offset <= until)
              .filter(offset -> !times.containsKey(offset))
              .count();
    }
    return new Heard(
        readers.size(),
        events,
        lost,
        twice,
        behind,
        sum(StreamReader::reopened),
        sum(StreamReader::lagging),
        sum(StreamReader::refused),
        ages.quantile(0.5) / 1e6,
        ages.quantile(0.95) / 1e6);
  }

  private long sum(ToIntFunction<StreamReader> of) {
    return readers.stream().mapToInt(of).sum();
  }

  private static long processorNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Does what comes until a condition holds; false where it does not in time. */
  private boolean turn(Duration patience, BooleanSupplier holds, LongSupplier waitMillis)
      throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    while (!holds.getAsBoolean()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      selector.select(Math.max(1, Math.min(left, waitMillis.getAsLong())));
      for (SelectionKey key : selector.selectedKeys()) {
        Connection connection = (Connection) key.attachment();
        connection.ready(key, scratch);
        if (connection instanceof StreamReader reader) {
          reader.goOn();
          if (reader.refused() > MOST_REFUSALS) {
            throw new IllegalStateException("the server lets a reader not in");
          }
        }
      }
      selector.selectedKeys().clear();
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    for (StreamReader reader : readers) {
      reader.end();
    }
    for (Asker asker : askers) {
      asker.hangUp();
    }
    selector.close();
  }
}
