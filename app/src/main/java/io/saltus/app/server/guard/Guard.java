package io.saltus.app.server.guard;

import io.saltus.app.server.http.HttpProblem;
import io.saltus.app.server.http.Request;
import io.saltus.experiment.Sha256;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Decides whether a request is let in, before anything of it is read: the host it was sent to, the
 * page it comes from, its token, the type of its body, the length of its body, in this order. What
 * is refused is told nothing about what stands behind.
 */
public final class Guard {

  /** How long a body may be, in bytes. */
  public static final long LARGEST_BODY = 1 << 20;

  private static final String BEARER = "bearer ";
  private static final int LONGEST_TOKEN = 512;

  private final Set<String> hosts;
  private final boolean readsNeedToken;
  private final List<Token> tokens;
  private final FailureLimit failures;

  /**
   * @param hosts names that the server answers to, in small letters, without ports
   * @param readsNeedToken whether looking at runs needs a token, too
   * @param tokens that are known
   * @param failures counts wrong ones
   */
  public Guard(
      Set<String> hosts, boolean readsNeedToken, List<Token> tokens, FailureLimit failures) {
    this.hosts = Set.copyOf(hosts);
    this.readsNeedToken = readsNeedToken;
    this.tokens = List.copyOf(tokens);
    this.failures = failures;
  }

  /**
   * Lets a request in, or not.
   *
   * @param wanted what it is about
   * @return what whoever sent it may do
   * @throws HttpProblem 421, 403, 401, 429, 415 or 413
   */
  public Access admit(Request request, Access wanted) {
    String host = host(request);
    requireOwnPage(request, host, wanted);
    Access given = access(request, wanted);
    requireType(request);
    requireLength(request);
    return given;
  }

  /** A page whose name was made to mean this machine sends its own name. */
  private String host(Request request) {
    String host = request.header("host").orElse("").toLowerCase(Locale.ROOT);
    if (!hosts.contains(withoutPort(host))) {
      throw HttpProblem.of(
          421,
          "wrong-host",
          "This server does not answer to that name",
          "the server is not called that: Host."
              + " Start it with --allowed-host NAME where that is meant.");
    }
    return host;
  }

  /** The name of a host, without the port that may follow it. */
  static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }

  private static void requireOwnPage(Request request, String host, Access wanted) {
    if (request.has("origin")) {
      String origin = request.header("origin").orElse("").toLowerCase(Locale.ROOT);
      if (!origin.equals("http://" + host) && !origin.equals("https://" + host)) {
        throw foreign("Origin");
      }
    }
    if (request.has("sec-fetch-site")) {
      String site = request.header("sec-fetch-site").orElse("");
      // Somebody may follow a link to the dashboard; nothing of it can be framed or read.
      boolean link =
          wanted == Access.OPEN
              && request.isReading()
              && request.header("sec-fetch-mode").orElse("").equals("navigate");
      if (!site.equals("same-origin") && !site.equals("none") && !link) {
        throw foreign("Sec-Fetch-Site");
      }
    }
  }

  private static HttpProblem foreign(String header) {
    return HttpProblem.of(
        403,
        "foreign-page",
        "The request comes from another page",
        "only the server's own pages may ask: " + header + ". Open the dashboard at its address.");
  }

  private Access access(Request request, Access wanted) {
    if (wanted == Access.OPEN) {
      return Access.OPEN;
    }
    if (!request.has("authorization")) {
      if (wanted == Access.READ && !readsNeedToken) {
        return Access.READ;
      }
      throw unauthorized("a token is needed: Authorization. Send 'Bearer TOKEN'.");
    }
    Access given = given(request);
    if (!given.allows(wanted)) {
      throw HttpProblem.of(
          403,
          "read-only",
          "The token only reads",
          "this changes something, and the token is one for reading: Authorization."
              + " Use a full one.");
    }
    return given;
  }

  private Access given(Request request) {
    String header = request.header("authorization").orElse("");
    boolean bearer = header.regionMatches(true, 0, BEARER, 0, BEARER.length());
    String secret = bearer ? header.substring(BEARER.length()).strip() : "";
    Access given = Access.OPEN;
    if (!secret.isEmpty() && secret.length() <= LONGEST_TOKEN) {
      Sha256 digest = Token.digestOf(secret);
      for (Token token : tokens) {
        // All are looked at, so that the time tells nothing.
        given = token.is(digest) && !given.allows(token.access()) ? token.access() : given;
      }
    }
    if (given != Access.OPEN) {
      return given;
    }
    if (failures.failed(request.remote())) {
      throw HttpProblem.of(
              429,
              "too-many-tokens",
              "Too many wrong tokens",
              "too many wrong tokens came from this address: Authorization. Wait a minute.")
          .with("Retry-After", "60");
    }
    throw unauthorized("the token is not known: Authorization. Send 'Bearer TOKEN'.");
  }

  private static HttpProblem unauthorized(String detail) {
    return HttpProblem.of(401, "no-token", "A token is needed", detail)
        .with("WWW-Authenticate", "Bearer realm=\"saltus\"");
  }

  private static void requireType(Request request) {
    if (request.isReading() || !hasBody(request)) {
      return;
    }
    String type = request.header("content-type").orElse("").toLowerCase(Locale.ROOT);
    String essence = type.indexOf(';') < 0 ? type : type.substring(0, type.indexOf(';'));
    if (!essence.strip().equals("application/json")) {
      throw HttpProblem.of(
          415,
          "wrong-type",
          "The body is of another type",
          "bodies are application/json: Content-Type. Send JSON.");
    }
  }

  private static boolean hasBody(Request request) {
    return request.has("transfer-encoding")
        || request.header("content-length").map(length -> !length.equals("0")).orElse(false);
  }

  private static void requireLength(Request request) {
    String length = request.header("content-length").orElse("0");
    if (!length.matches("[0-9]{1,9}") || Integer.parseInt(length) > LARGEST_BODY) {
      throw tooLarge();
    }
  }

  /** Of a body that says so, or turns out to be. */
  public static HttpProblem tooLarge() {
    return HttpProblem.of(
        413,
        "too-large",
        "The body is too large",
        "bodies have at most " + LARGEST_BODY + " bytes: Content-Length. Send less.");
  }
}
