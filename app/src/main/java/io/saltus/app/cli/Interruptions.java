package io.saltus.app.cli;

import io.saltus.app.problem.ExitCode;
import io.saltus.app.signal.Signals;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What signals mean to a run in the foreground. The first asks it to rest; the second ends the
 * process at once, which loses nothing, because only what is durable has ever been shown.
 */
final class Interruptions implements AutoCloseable {

  private final Signals signals;
  private final IntConsumer halt;
  private final Consumer<String> tell;
  private @Nullable Consumer<String> pause;
  private Optional<String> heard = Optional.empty();

  private Interruptions(IntConsumer halt, Consumer<String> tell) {
    this.halt = halt;
    this.tell = tell;
    this.signals = Signals.hear(this::hear);
  }

  /**
   * Hears of signals from now on.
   *
   * @param halt ends the process at once
   * @param say tells the user
   */
  static Interruptions hear(IntConsumer halt, Consumer<String> say) {
    return telling(
        halt,
        signal ->
            say.accept(
                signal.equals("INT")
                    ? "pausing; ctrl-C again ends at once, and loses nothing"
                    : "SIG" + signal + ": pausing"));
  }

  /**
   * The same, in other words.
   *
   * @param tell called with the first signal
   */
  static Interruptions telling(IntConsumer halt, Consumer<String> tell) {
    return new Interruptions(halt, tell);
  }

  /** From now on the first signal does this; at once, if it has come already. */
  synchronized void onFirst(Consumer<String> action) {
    pause = action;
    heard.ifPresent(action);
  }

  /** The first signal, if one has come. */
  synchronized Optional<String> heard() {
    return heard;
  }

  synchronized void hear(String signal) {
    if (heard.isPresent()) {
      halt.accept(ExitCode.INTERRUPTED.code());
      return;
    }
    heard = Optional.of(signal);
    tell.accept(signal);
    if (pause != null) {
      pause.accept(signal);
    }
  }

  @Override
  public void close() {
    signals.close();
  }
}
