package io.saltus.app.server.http;

import io.saltus.app.json.Json;
import java.util.ArrayList;
import java.util.List;

/** A request that is answered with a problem: RFC 9457. */
public final class HttpProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The content type of problems. */
  public static final String TYPE = "application/problem+json";

  private final int status;
  private final String name;
  private final String title;
  private final transient List<Wrong> wrong;
  private final transient List<Answer.Header> headers;

  /**
   * One parameter or key that is wrong.
   *
   * @param parameter its name
   * @param detail what is wrong with it
   */
  public record Wrong(String parameter, String detail) {}

  private HttpProblem(
      int status,
      String name,
      String title,
      String detail,
      List<Wrong> wrong,
      List<Answer.Header> headers) {
    super(detail);
    this.status = status;
    this.name = name;
    this.title = title;
    this.wrong = List.copyOf(wrong);
    this.headers = List.copyOf(headers);
  }

  /**
   * A problem.
   *
   * @param name the last part of its type, such as {@code unknown-run}
   * @param title the kind of problem in words
   * @param detail this one: {@code what is wrong: where. What to do.}
   */
  public static HttpProblem of(int status, String name, String title, String detail) {
    return new HttpProblem(status, name, title, detail, List.of(), List.of());
  }

  /** Parameters or keys that are wrong. */
  public static HttpProblem wrong(List<Wrong> wrong) {
    return new HttpProblem(
        400,
        "bad-parameter",
        "A parameter is wrong",
        wrong.get(0).parameter() + ": " + wrong.get(0).detail(),
        wrong,
        List.of());
  }

  /** One parameter or key that is wrong. */
  public static HttpProblem wrong(String parameter, String detail) {
    return wrong(List.of(new Wrong(parameter, detail)));
  }

  /** Something that is not there. */
  public static HttpProblem unknown(String kind, String detail) {
    return of(404, "unknown-" + kind, "There is no such " + kind, detail);
  }

  /** Something that cannot be done as things stand. */
  public static HttpProblem conflict(String detail) {
    return of(409, "refused", "It cannot be done now", detail);
  }

  /** The server has too much to do, or is about to end. */
  public static HttpProblem busy(String detail) {
    return of(503, "busy", "The server cannot do that now", detail).with("Retry-After", "1");
  }

  /** With a header of its answer. */
  public HttpProblem with(String header, String value) {
    List<Answer.Header> more = new ArrayList<>(headers);
    more.add(new Answer.Header(header, value));
    HttpProblem problem =
        new HttpProblem(status, name, title, String.valueOf(getMessage()), wrong, more);
    problem.initCause(getCause());
    return problem;
  }

  /** The status code. */
  public int status() {
    return status;
  }

  /** The answer. */
  public Answer answer() {
    String line =
        Json.line(
            json -> {
              json.put("type", "urn:saltus:problem:" + name)
                  .put("title", title)
                  .put("status", status)
                  .put("detail", getMessage());
              if (!wrong.isEmpty()) {
                json.array(
                    "errors",
                    errors ->
                        wrong.forEach(
                            each ->
                                errors.add(
                                    error ->
                                        error
                                            .put("parameter", each.parameter())
                                            .put("detail", each.detail()))));
              }
            });
    Answer answer = Answer.of(status, TYPE, line).with("Cache-Control", "no-store");
    for (Answer.Header header : headers) {
      answer = answer.with(header.name(), header.value());
    }
    return answer;
  }

  /** Nobody needs the trace of what was refused. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
