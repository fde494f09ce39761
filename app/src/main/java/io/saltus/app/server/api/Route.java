package io.saltus.app.server.api;

import io.saltus.app.server.guard.Access;
import io.saltus.app.server.http.Answer;
import io.saltus.app.server.http.JsonBody;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A route of the API: how it is found, what it lets in, what it takes, and what answers it.
 *
 * @param method {@code GET} answers {@code HEAD}, too
 * @param template of the path, with names in braces
 * @param summary in a few words
 * @param work where it is answered
 * @param parameters of its query
 * @param form of its body
 * @param fields of its body
 * @param produces what it answers with
 */
record Route(
    String method,
    String template,
    String summary,
    Access access,
    Work work,
    List<Param> parameters,
    JsonBody.Form form,
    List<Field> fields,
    Produces produces,
    Later handler) {

  /** How much a route has to do. */
  enum Work {
    /** Nothing that takes time. */
    NONE,
    /** Looks at the journal. */
    READING,
    /** Reads much of the journal. */
    MUCH_READING,
    /** Has something done. */
    CHANGING,
    /** Takes what is to be recorded. */
    RECORDING
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

  /** Answers a call when it can be answered. */
  @FunctionalInterface
  interface Later {
    /**
     * Answers it; may block for a moment.
     *
     * @return the answer; a failure is told as a problem
     * @throws RuntimeException that is told as a problem
     */
    CompletionStage<Answer> answer(Call call);
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
        JsonBody.Form.PLAIN,
        List.of(),
        Produces.NOTHING,
        now(handler));
  }

  /** A route that changes something. */
  static Route change(
      String method, String template, String summary, Handler handler, Field... fields) {
    return new Route(
        method,
        template,
        summary,
        Access.FULL,
        Work.CHANGING,
        List.of(),
        JsonBody.Form.PLAIN,
        List.of(fields),
        Produces.NOTHING,
        now(handler));
  }

  /** A route that takes what is to be recorded. */
  static Route recording(String template, String summary, Later handler, Field... fields) {
    return new Route(
        "POST",
        template,
        summary,
        Access.FULL,
        Work.RECORDING,
        List.of(),
        JsonBody.Form.SERIES,
        List.of(fields),
        Produces.NOTHING,
        handler);
  }

  private static Later now(Handler handler) {
    return call -> CompletableFuture.completedFuture(handler.answer(call));
  }

  /** The same for everybody. */
  Route open() {
    return with(Access.OPEN, work, produces);
  }

  /** The same with other work. */
  Route doing(Work other) {
    return with(access, other, produces);
  }

  /** The same, described as answering with JSON of a schema. */
  Route giving(String schema) {
    return with(access, work, produces.json(schema));
  }

  /** The same, described as answering in a form beside JSON, or instead of it. */
  Route givingAlso(String type) {
    return with(access, work, produces.also(type));
  }

  /** The same, described as having a tag. */
  Route tagged() {
    return with(access, work, produces.withTag());
  }

  private Route with(Access who, Work what, Produces answers) {
    return new Route(
        method, template, summary, who, what, parameters, form, fields, answers, handler);
  }
}
