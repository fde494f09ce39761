package io.saltus.app;

import io.saltus.experiment.session.MetricProvider;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionRequest;
import java.util.List;

/** Chooses the probes that look at steps which are executed again. */
@FunctionalInterface
public interface Probing {

  /** Nobody looks. */
  Probing NONE = (program, request) -> List.of();

  /**
   * The probes of a session.
   *
   * @param request what the session is opened from
   * @throws io.saltus.app.problem.Refusal when there are none for it
   */
  List<MetricProvider> probes(Program program, SessionRequest request);
}
