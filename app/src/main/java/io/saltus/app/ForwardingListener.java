package io.saltus.app;

import io.saltus.actors.RunListener;
import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.event.RunEvent;

/** Hands on what it hears, for those who add something to it. */
public class ForwardingListener implements RunListener {

  private final RunListener next;

  /** Hands everything on to {@code next}. */
  public ForwardingListener(RunListener next) {
    this.next = next;
  }

  @Override
  public void persisted(RunEvent event, long sequence) {
    next.persisted(event, sequence);
  }

  @Override
  public void said(AnalysisEvent event) {
    next.said(event);
  }

  @Override
  public void monitorBehind(long events) {
    next.monitorBehind(events);
  }

  @Override
  public void waits(String why) {
    next.waits(why);
  }
}
