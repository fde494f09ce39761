package io.saltus.actors;

import io.saltus.actors.monitor.MonitorListener;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AnalysisEvent;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what a monitor says to the run's listener and what it wants to its trainer. */
final class MonitorNews implements MonitorListener {

  private static final Logger LOG = LoggerFactory.getLogger(MonitorNews.class);

  private final RunId run;
  private final RunListener listener;
  private volatile @Nullable ActorRef<TrainerCommand> trainer;

  MonitorNews(RunId run, RunListener listener) {
    this.run = run;
    this.listener = listener;
  }

  /** From now on checkpoints are asked of this trainer. */
  void wishTo(ActorRef<TrainerCommand> asked) {
    trainer = asked;
  }

  @Override
  public void said(AnalysisEvent event) {
    tell(() -> listener.said(event));
  }

  @Override
  public void behind(long events) {
    tell(() -> listener.monitorBehind(events));
  }

  @Override
  public void wantsCheckpoint() {
    ActorRef<TrainerCommand> asked = trainer;
    if (asked != null) {
      asked.tell(new TrainerCommand.SaveSoon());
    }
  }

  private void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException e) {
      LOG.warn("a listener of run {} failed: {}", run, e.toString());
    }
  }
}
