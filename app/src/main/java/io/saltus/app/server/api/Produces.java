package io.saltus.app.server.api;

import io.saltus.app.server.http.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a route answers with where all is well, as it is described.
 *
 * @param schema the name of the schema of its JSON; empty where it answers with none
 * @param others its media types beside JSON, without parameters
 * @param tagged whether it has a tag, so that who knows it is told so
 */
record Produces(Optional<String> schema, List<String> others, boolean tagged) {

  static final Produces NOTHING = new Produces(Optional.empty(), List.of(), false);

  Produces {
    others = List.copyOf(others);
  }

  Produces json(String name) {
    return new Produces(Optional.of(name), others, tagged);
  }

  /** With one more media type, parameters of which are left out. */
  Produces also(String type) {
    List<String> more = new ArrayList<>(others);
    more.add(type.split(";", -1)[0]);
    return new Produces(schema, more, tagged);
  }

  Produces withTag() {
    return new Produces(schema, others, true);
  }

  /** All its media types. */
  List<String> types() {
    List<String> all = new ArrayList<>();
    schema.ifPresent(name -> all.add(Answer.JSON));
    all.addAll(others);
    return all;
  }
}
