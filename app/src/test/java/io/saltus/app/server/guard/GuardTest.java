package io.saltus.app.server.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.saltus.app.server.http.HttpProblem;
import io.saltus.app.server.http.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardTest {

  private static final String HOST = "127.0.0.1:7438";

  private final AtomicLong clock = new AtomicLong();
  private final Guard open = guard(false);
  private final Guard closed = guard(true);

  private Guard guard(boolean readsNeedToken) {
    return new Guard(
        Set.of("localhost", "127.0.0.1", "[::1]", "lab.example"),
        readsNeedToken,
        List.of(Token.of(Access.FULL, "full", ""), Token.of(Access.READ, "read", "")),
        new FailureLimit(clock::get));
  }

  private static Request request(String method, Map<String, String> headers) {
    Map<String, List<String>> all = new HashMap<>();
    all.put("host", List.of(HOST));
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    return new Request(method, "/", Optional.empty(), all, "10.0.0.1", Request.Bytes.NONE);
  }

  private static Request with(String method, String... headers) {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    return request(method, all);
  }

  private static int status(Guard guard, Request request, Access wanted) {
    HttpProblem problem =
        catchThrowableOfType(HttpProblem.class, () -> guard.admit(request, wanted));
    return problem == null ? 200 : problem.status();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:7438, 200",
    "127.0.0.1, 200",
    "localhost:1, 200",
    "LOCALHOST:7438, 200",
    "[::1]:7438, 200",
    "lab.example:80, 200",
    "evil.example, 421",
    "127.0.0.1.evil.example, 421",
    "localhost.evil.example:7438, 421",
    "evil.example#localhost, 421",
    "localhost@evil.example, 421",
    "'', 421",
    "127.0.0.1:7438:80, 421",
  })
  void only_its_own_names_are_answered_to(String host, int status) {
    assertThat(status(open, with("GET", "host", host), Access.OPEN)).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, READ, http://127.0.0.1:7438, 200",
    "GET, READ, http://127.0.0.1:80, 403",
    "GET, READ, http://evil.example, 403",
    "GET, READ, null, 403",
    "GET, READ, '', 403",
    "POST, FULL, http://127.0.0.1:7438, 200",
    "POST, FULL, http://localhost:7438, 403",
  })
  void only_its_own_pages_may_ask(String method, Access wanted, String origin, int status) {
    Request request = with(method, "origin", origin, "authorization", "Bearer full");
    assertThat(status(open, request, wanted)).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, OPEN, none, navigate, 200",
    "GET, OPEN, cross-site, navigate, 200",
    "GET, OPEN, cross-site, no-cors, 403",
    "GET, READ, cross-site, navigate, 403",
    "GET, READ, same-site, cors, 403",
    "GET, READ, same-origin, cors, 200",
    "POST, FULL, none, navigate, 200",
    "POST, FULL, cross-site, no-cors, 403",
    "POST, FULL, sideways, cors, 403",
  })
  void links_from_elsewhere_open_pages_and_nothing_else(
      String method, Access wanted, String site, String mode, int status) {
    Request request =
        with(
            method, "sec-fetch-site", site, "sec-fetch-mode", mode, "authorization", "Bearer full");
    assertThat(status(open, request, wanted)).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "OPEN, , 200, 200",
    "READ, , 200, 401",
    "FULL, , 401, 401",
    "READ, Bearer read, 200, 200",
    "FULL, Bearer read, 403, 403",
    "READ, Bearer full, 200, 200",
    "FULL, bearer full, 200, 200",
    "FULL, Bearer  full, 200, 200",
    "READ, Bearer wrong, 401, 401",
    "FULL, Bearer wrong, 401, 401",
    "FULL, Basic full, 401, 401",
    "FULL, Bearer, 401, 401",
    "FULL, full, 401, 401",
  })
  void tokens_allow_what_they_say(Access wanted, String token, int atHome, int elsewhere) {
    Request request = token == null ? with("GET") : with("GET", "authorization", token);
    assertThat(status(open, request, wanted)).isEqualTo(atHome);
    assertThat(status(closed, request, wanted)).isEqualTo(elsewhere);
  }

  @Test
  void what_a_token_allows_is_told() {
    assertThat(open.admit(with("GET"), Access.READ)).isEqualTo(Access.READ);
    assertThat(open.admit(with("GET", "authorization", "Bearer full"), Access.READ))
        .isEqualTo(Access.FULL);
  }

  @Test
  void two_tokens_are_none() {
    Map<String, List<String>> headers =
        Map.of("host", List.of(HOST), "authorization", List.of("Bearer full", "Bearer full"));
    Request request =
        new Request("GET", "/", Optional.empty(), headers, "10.0.0.1", Request.Bytes.NONE);
    assertThat(status(open, request, Access.FULL)).isEqualTo(401);
  }

  @Test
  void who_tries_many_tokens_has_to_wait_and_the_right_one_never_does() {
    Request wrong = with("GET", "authorization", "Bearer guess");
    for (int i = 0; i < FailureLimit.MOST; i++) {
      assertThat(status(open, wrong, Access.FULL)).isEqualTo(401);
    }
    assertThat(status(open, wrong, Access.FULL)).isEqualTo(429);
    assertThat(status(open, with("GET", "authorization", "Bearer full"), Access.FULL))
        .isEqualTo(200);
    clock.addAndGet(TimeUnit.MINUTES.toNanos(1));
    assertThat(status(open, wrong, Access.FULL)).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, 200",
    "application/json; charset=utf-8, 200",
    "APPLICATION/JSON, 200",
    "text/plain, 415",
    "application/x-www-form-urlencoded, 415",
    "multipart/form-data, 415",
    "application/jsonp, 415",
    ", 415",
  })
  void bodies_are_json(String type, int status) {
    Request request =
        type == null
            ? with("POST", "authorization", "Bearer full", "content-length", "2")
            : with(
                "POST",
                "authorization",
                "Bearer full",
                "content-length",
                "2",
                "content-type",
                type);
    assertThat(status(open, request, Access.FULL)).isEqualTo(status);
  }

  @Test
  void a_change_without_a_body_needs_no_type() {
    assertThat(status(open, with("POST", "authorization", "Bearer full"), Access.FULL))
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"1048576, 200", "1048577, 413", "99999999999999999999, 413", "x, 413"})
  void bodies_are_bounded(String length, int status) {
    Request request =
        with(
            "POST",
            "authorization",
            "Bearer full",
            "content-type",
            "application/json",
            "content-length",
            length);
    assertThat(status(open, request, Access.FULL)).isEqualTo(status);
  }

  @Test
  void checks_come_in_their_order() {
    Request all =
        with(
            "POST",
            "host",
            "evil.example",
            "origin",
            "http://evil.example",
            "content-type",
            "text/plain",
            "content-length",
            "99999999");
    assertThat(status(open, all, Access.FULL)).as("host first").isEqualTo(421);
    Request foreign = with("POST", "origin", "http://evil", "content-length", "99999999");
    assertThat(status(open, foreign, Access.FULL)).as("then the page").isEqualTo(403);
    Request without = with("POST", "content-type", "text/plain", "content-length", "99999999");
    assertThat(status(open, without, Access.FULL)).as("then the token").isEqualTo(401);
    Request text =
        with(
            "POST",
            "authorization",
            "Bearer full",
            "content-type",
            "text/plain",
            "content-length",
            "99999999");
    assertThat(status(open, text, Access.FULL)).as("then the type").isEqualTo(415);
  }

  @Test
  void what_is_refused_says_what_to_do_and_holds_no_secret() {
    assertThatThrownBy(() -> open.admit(with("GET", "authorization", "Bearer s3cret"), Access.FULL))
        .hasMessageContaining("Send 'Bearer TOKEN'")
        .hasMessageNotContaining("s3cret");
  }
}
