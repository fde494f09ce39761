package io.saltus.app.server.api;

import io.saltus.app.server.guard.Access;
import io.saltus.app.server.http.Answer;
import java.util.List;

/**
 * A route of the API: how it is found, what it lets in, what it takes, and what answers it.
 *
 * @param method {@code GET} answers {@code HEAD}, too
 * @param template of the path, with names in braces
 * @param summary in a few words
 * @param work where it is answered
 * @param parameters of its query
 * @param fields of its body
 */
record Route(
    String method,
    String template,
    String summary,
    Access access,
    Work work,
    List<Param> parameters,
    List<Field> fields,
    Handler handler) {

  /** How much a route has to do. */
  enum Work {
    /** Nothing that takes time. */
    NONE,
    /** Looks at the journal. */
    READING,
    /** Reads much of the journal. */
    MUCH_READING,
    /** Has something done. */
    CHANGING
  }

  /** Answers a call. */
  @FunctionalInterface
  interface Handler {
    /**
     * Answers it; may block.
     *
     * @throws RuntimeException that is told as a problem
     */
    Answer answer(Call call);
  }

  Route {
    parameters = List.copyOf(parameters);
    fields = List.copyOf(fields);
  }

  /** A route that looks. */
  static Route get(String template, String summary, Handler handler, Param... parameters) {
    return new Route(
        "GET",
        template,
        summary,
        Access.READ,
        Work.READING,
        List.of(parameters),
        List.of(),
        handler);
  }

  /** A route that changes something. */
  static Route change(
      String method, String template, String summary, Handler handler, Field... fields) {
    return new Route(
        method, template, summary, Access.FULL, Work.CHANGING, List.of(), List.of(fields), handler);
  }

  /** The same for everybody. */
  Route open() {
    return new Route(method, template, summary, Access.OPEN, work, parameters, fields, handler);
  }

  /** The same with other work. */
  Route doing(Work other) {
    return new Route(method, template, summary, access, other, parameters, fields, handler);
  }
}
