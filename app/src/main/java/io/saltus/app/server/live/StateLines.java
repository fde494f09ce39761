package io.saltus.app.server.live;

import io.saltus.experiment.RunId;
import java.util.Optional;

/** States as lines of JSON, as they are told to readers of a stream. */
public interface StateLines {

  /** A run at a glance; empty where it is gone. */
  Optional<String> run(RunId run);

  /** The devices. */
  String devices();
}
