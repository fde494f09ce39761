package io.saltus.app.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {

  @Test
  void names_of_a_template_stand_for_one_part_of_a_path() {
    assertThat(Routes.match("/a/{run}/b", "/a/x%20y/b")).contains(Map.of("run", "x y"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a/b", "/a//b", "/a/x/b/", "/a/x/y/b", "a/x/b", "/A/x/b", "/a/%zz/b"})
  void another_path_is_another_path(String path) {
    assertThat(Routes.match("/a/{run}/b", path)).isEqualTo(Optional.empty());
  }
}
