package io.saltus.app.server.api;

import io.saltus.app.BuildFacts;
import io.saltus.app.json.Json;
import io.saltus.app.server.guard.Access;
import io.saltus.app.server.http.Answer;
import io.saltus.app.server.http.HttpProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The description of the API in the words of OpenAPI 3.1, made from the table of its routes. */
final class OpenApi {

  private static final Pattern NAME = Pattern.compile("\\{([a-z]+)}");

  private OpenApi() {}

  /** The whole document on one line. */
  static String document(List<Route> routes) {
    Map<String, List<Route>> byPath = new LinkedHashMap<>();
    routes.forEach(
        route -> byPath.computeIfAbsent(route.template(), unseen -> new ArrayList<>()).add(route));
    return Json.line(
        json -> {
          json.put("openapi", "3.1.0");
          json.object(
              "info",
              info -> info.put("title", "Saltus").put("version", BuildFacts.read().version()));
          json.object(
              "paths",
              paths ->
                  byPath.forEach(
                      (path, all) ->
                          paths.object(
                              path,
                              item ->
                                  all.forEach(
                                      route ->
                                          item.object(
                                              route.method().toLowerCase(Locale.ROOT),
                                              operation -> operation(operation, route))))));
          json.object("components", OpenApi::components);
        });
  }

  private static void operation(Json json, Route route) {
    json.put("summary", route.summary());
    json.array(
        "security",
        security -> {
          if (route.access() != Access.FULL) {
            security.add(none -> {});
          }
          if (route.access() != Access.OPEN) {
            security.add(token -> token.array("token", scopes -> {}));
          }
        });
    json.array(
        "parameters",
        parameters -> {
          names(route.template()).forEach(name -> parameters.add(each -> path(each, name)));
          route.parameters().forEach(param -> parameters.add(each -> param(each, param)));
        });
    if (!route.fields().isEmpty()) {
      json.object("requestBody", body -> body(body, route));
    }
    json.object(
        "responses",
        responses -> {
          responses.object("2XX", good -> good(good, route.produces()));
          if (route.produces().tagged()) {
            responses.object(
                "304", known -> known.put("description", "What If-None-Match names is the same"));
          }
          responses.object("default", bad -> bad.put("$ref", "#/components/responses/problem"));
        });
  }

  private static void good(Json json, Produces produces) {
    json.put("description", "What was asked for");
    json.object(
        "content",
        content ->
            produces
                .types()
                .forEach(
                    type ->
                        content.object(
                            type,
                            media ->
                                media.object("schema", schema -> schema(schema, produces, type)))));
  }

  private static void schema(Json schema, Produces produces, String type) {
    if (type.equals(Answer.JSON)) {
      schema.put("$ref", "#/components/schemas/" + produces.schema().orElseThrow());
    } else if (type.equals(SeriesBytes.TYPE)) {
      schema.put("type", "string").put("format", "binary");
    } else {
      schema.put("type", "string");
    }
  }

  private static List<String> names(String template) {
    return NAME.matcher(template).results().map((MatchResult found) -> found.group(1)).toList();
  }

  private static void path(Json json, String name) {
    json.put("name", name).put("in", "path").put("required", true);
    json.object("schema", schema -> schema.put("type", "string"));
  }

  private static void param(Json json, Param param) {
    json.put("name", param.name())
        .put("in", param.place().word())
        .put("required", param.required())
        .put("description", param.description());
    json.object(
        "schema",
        schema -> {
          if (param.repeated()) {
            schema.put("type", "array").object("items", items -> items.put("type", "string"));
          } else {
            one(schema, param);
          }
        });
  }

  private static void one(Json schema, Param param) {
    switch (param.kind()) {
      case WHOLE -> {
        schema.put("type", "integer").put("minimum", param.least());
        if (param.most() < Long.MAX_VALUE) {
          schema.put("maximum", param.most());
        }
      }
      case TEXT -> schema.put("type", "string").put("maxLength", param.most());
      case WORD ->
          schema.put("type", "string").array("enum", words -> param.words().forEach(words::add));
    }
  }

  private static void body(Json json, Route route) {
    json.object(
        "content",
        content ->
            content.object(
                Answer.JSON,
                media ->
                    media.object(
                        "schema",
                        schema -> {
                          schema.put("type", "object").put("additionalProperties", false);
                          schema.object(
                              "properties",
                              all ->
                                  route
                                      .fields()
                                      .forEach(
                                          field ->
                                              all.object(
                                                  field.name(), one -> property(one, field))));
                          schema.array(
                              "required",
                              required ->
                                  route.fields().stream()
                                      .filter(Field::required)
                                      .forEach(field -> required.add(field.name())));
                        })));
  }

  private static void property(Json json, Field field) {
    json.put("description", field.description());
    json.array("type", types -> types.add(field.kind().schema()).add("null"));
  }

  private static void components(Json json) {
    json.object(
        "securitySchemes",
        schemes ->
            schemes.object("token", token -> token.put("type", "http").put("scheme", "bearer")));
    json.object(
        "responses",
        responses ->
            responses.object(
                "problem",
                problem -> {
                  problem.put("description", "A problem, RFC 9457");
                  problem.object(
                      "content",
                      content ->
                          content.object(
                              HttpProblem.TYPE,
                              media ->
                                  media.object(
                                      "schema",
                                      schema ->
                                          schema.put("$ref", "#/components/schemas/Problem"))));
                }));
    json.putRaw("schemas", schemas());
  }

  /** Written by hand, and held against answers by a test. */
  private static String schemas() {
    try (InputStream in = OpenApi.class.getResourceAsStream("schemas.json")) {
      if (in == null) {
        throw new IllegalStateException("schemas.json is missing from this installation");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .collect(Collectors.joining(" "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
