package io.saltus.app.server.api;

import io.saltus.app.server.http.HttpProblem;
import io.saltus.app.server.http.Percent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** All routes. */
final class Routes {

  private final List<Route> all;

  /**
   * A route that was found.
   *
   * @param names what stands in the path for those of its template
   */
  record Found(Route route, Map<String, String> names) {}

  Routes(List<Route> all) {
    this.all = List.copyOf(all);
  }

  List<Route> all() {
    return all;
  }

  /**
   * The route of a request.
   *
   * @param path as it was sent
   * @throws HttpProblem 404 where there is none, 405 where there is one for another method only
   */
  Found find(String method, String path) {
    String asked = method.equals("HEAD") ? "GET" : method;
    TreeSet<String> allowed = new TreeSet<>();
    for (Route route : all) {
      Optional<Map<String, String>> names = match(route.template(), path);
      if (names.isPresent() && route.method().equals(asked)) {
        return new Found(route, names.get());
      }
      names.ifPresent(found -> allowed.add(route.method()));
    }
    if (allowed.isEmpty()) {
      throw HttpProblem.unknown(
          "page", "there is nothing here: the path. GET /api/v1/openapi.json describes what is.");
    }
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    throw HttpProblem.of(
            405,
            "wrong-method",
            "That cannot be done here",
            "only " + String.join(", ", allowed) + " can be done here: the method.")
        .with("Allow", String.join(", ", allowed));
  }

  /** What stands for the names of a template; empty where the path is another. */
  static Optional<Map<String, String>> match(String template, String path) {
    String[] wanted = template.split("/", -1);
    String[] given = path.split("/", -1);
    if (wanted.length != given.length) {
      return Optional.empty();
    }
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].startsWith("{")) {
        Optional<String> name = Percent.decode(given[i], false);
        if (name.filter(text -> !text.isEmpty()).isEmpty()) {
          return Optional.empty();
        }
        names.put(wanted[i].substring(1, wanted[i].length() - 1), name.get());
      } else if (!wanted[i].equals(given[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(names);
  }
}
