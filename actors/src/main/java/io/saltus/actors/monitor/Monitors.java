package io.saltus.actors.monitor;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The monitors of a process, one per run under way. */
public final class Monitors {

  private static final Logger LOG = LoggerFactory.getLogger(Monitors.class);

  private final Optional<MonitorJournal> journal;
  private final Map<RunId, CompletableFuture<Done>> latest = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<Done>> finishing = new ConcurrentHashMap<>();

  private Monitors(Optional<MonitorJournal> journal) {
    this.journal = journal;
  }

  /** Those that read and append to a journal. */
  public static Monitors of(MonitorJournal journal) {
    return new Monitors(Optional.of(journal));
  }

  /** No run has one. */
  public static Monitors none() {
    return new Monitors(Optional.empty());
  }

  /**
   * Puts a monitor beside a run; it begins when an attempt does.
   *
   * @param parent on whose thread this is called
   * @param name of the monitor's actor, unique under the parent
   */
  public RunWatch begin(ActorContext<?> parent, String name, RunId run, MonitorListener listener) {
    if (journal.isEmpty()) {
      return RunWatch.NONE;
    }
    Handover handover = new Handover();
    CompletableFuture<Done> gone = new CompletableFuture<>();
    CompletableFuture<Done> before = latest.put(run, gone);
    CompletionStage<Done> stops = gone;
    stops.thenRun(() -> latest.remove(run, gone));
    ActorRef<Monitor.Command> monitor =
        parent.spawn(
            Monitor.create(
                run,
                journal.get(),
                handover,
                listener,
                before == null ? CompletableFuture.completedFuture(Done.getInstance()) : before,
                gone),
            name);
    return new RunWatch() {
      @Override
      public void persisted(RunEvent event, long sequence) {
        handover.persisted(event, sequence);
        if (event instanceof RunEvent.AttemptStarted) {
          monitor.tell(new Monitor.Begin());
        }
      }

      @Override
      public void finish() {
        finishing.put(name, gone);
        stops.thenRun(() -> finishing.remove(name));
        monitor.tell(new Monitor.Finish());
      }
    };
  }

  /**
   * Waits until every monitor that was told to finish has said its last word, but not for long:
   * what is missing then is said when the run goes on.
   */
  public void awaitFinished(Duration patience) {
    CompletableFuture<Void> all =
        CompletableFuture.allOf(finishing.values().toArray(CompletableFuture<?>[]::new));
    try {
      all.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("{} monitors had not finished in time", finishing.size());
    }
  }
}
