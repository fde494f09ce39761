package io.saltus.app.server.api;

import io.saltus.app.server.guard.Access;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.app.server.http.Request;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import java.util.Map;

/**
 * A request that has been let in and understood.
 *
 * @param names what stands in the path for the names of its template
 * @param access what whoever asks may do
 */
record Call(
    Request request,
    Map<String, String> names,
    Parameters parameters,
    Fields fields,
    Access access) {

  /**
   * The run that is named in the path.
   *
   * @throws HttpProblem where that can be no run
   */
  RunId run() {
    String name = names.getOrDefault("run", "");
    if (!RunId.isValid(name)) {
      throw HttpProblem.unknown(
          "run", "there is no such run: the path. GET /api/v1/runs lists all.");
    }
    return new RunId(name);
  }

  /**
   * The study that is named in the path.
   *
   * @throws HttpProblem where that can be no study
   */
  StudyId study() {
    String name = names.getOrDefault("study", "");
    if (!StudyId.isValid(name)) {
      throw unknownStudy();
    }
    return new StudyId(name);
  }

  static HttpProblem unknownStudy() {
    return HttpProblem.unknown(
        "study", "there is no such study: the path. GET /api/v1/studies lists all.");
  }
}
