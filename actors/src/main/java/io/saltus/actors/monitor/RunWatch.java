package io.saltus.actors.monitor;

import io.saltus.experiment.event.RunEvent;

/** The trainer's end of the monitor of its run; nothing here waits or throws. */
public interface RunWatch {

  /** No monitor. */
  RunWatch NONE =
      new RunWatch() {
        @Override
        public void persisted(RunEvent event, long sequence) {}

        @Override
        public void finish() {}
      };

  /** An event of the run is durable: told in order, each once. */
  void persisted(RunEvent event, long sequence);

  /** Nothing more will be persisted by this process. */
  void finish();
}
