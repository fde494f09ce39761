package io.saltus.app.export;

import io.saltus.experiment.RunId;
import io.saltus.persistence.runs.RunReader;
import java.io.IOException;
import java.util.List;

/**
 * Writes runs somewhere.
 *
 * @param <T> what it writes to
 */
public interface RunExport<T> {

  /**
   * Writes some runs, reading them as it goes.
   *
   * @param chosen at least one, each once
   * @throws IOException when it cannot be written
   */
  void write(RunReader runs, List<RunId> chosen, T to) throws IOException;
}
