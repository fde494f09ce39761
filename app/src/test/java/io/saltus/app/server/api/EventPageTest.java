package io.saltus.app.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of events that are as long as those of imported runs may be. */
class EventPageTest {

  private static final int LONG = 3 << 20;

  private final List<Long> read = new ArrayList<>();

  private EventPage page(long from, long until, boolean newestFirst, int length) {
    return page(from, until, newestFirst, length, number -> true);
  }

  private EventPage page(
      long from, long until, boolean newestFirst, int length, Predicate<Long> wanted) {
    EventPage page = new EventPage(from, until, newestFirst, 1_000);
    page.<Long>fill(
        (first, last) -> LongStream.rangeClosed(first, last).peek(read::add).iterator(),
        number -> number,
        wanted,
        number -> number + " ".repeat(length));
    return page;
  }

  private static List<Long> numbers(EventPage page) {
    return page.lines().stream().map(String::strip).map(Long::valueOf).toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void short_ones_are_all_there_in_the_order_asked_for(boolean newestFirst) {
    EventPage page = page(3, 1_002, newestFirst, 10);

    List<Long> expected = new ArrayList<>(LongStream.rangeClosed(3, 1_002).boxed().toList());
    if (newestFirst) {
      Collections.reverse(expected);
    }
    assertThat(numbers(page)).isEqualTo(expected);
    assertThat(page.next()).isEmpty();
  }

  @Test
  void long_ones_end_the_page_which_says_where_the_next_begins() {
    EventPage page = page(1, 1_000, false, LONG);

    assertThat(numbers(page)).containsExactly(1L, 2L, 3L);
    assertThat(page.next()).hasValue(4);
    assertThat(read).hasSizeLessThan(20);
    assertThat(numbers(page(page.next().getAsLong(), 1_000, false, LONG))).startsWith(4L);
  }

  @Test
  void the_newest_come_first_and_what_is_older_is_not_even_read() {
    EventPage page = page(1, 1_000, true, LONG);

    assertThat(numbers(page)).containsExactly(1_000L, 999L, 998L);
    assertThat(page.next()).hasValue(997);
    assertThat(read).hasSizeLessThan(20);
  }

  @Test
  void one_that_is_longer_than_a_page_may_be_is_a_page() {
    EventPage page = page(5, 6, false, (int) EventPage.MOST_CHARACTERS + 1);

    assertThat(numbers(page)).containsExactly(5L);
    assertThat(page.next()).hasValue(6);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void of_many_that_are_not_wanted_some_are_looked_at_in_a_page(boolean newestFirst) {
    EventPage page = page(1, 20_000, newestFirst, 10, number -> number % 1_000 == 0);

    assertThat(numbers(page)).hasSize(5).startsWith(newestFirst ? 20_000L : 1_000L);
    assertThat(page.next()).hasValue(newestFirst ? 15_000 : 5_001);
    assertThat(read).hasSizeLessThan(5_020);
  }

  @Test
  void it_ends_when_it_has_as_many_lines_as_were_asked_for() {
    EventPage page = page(1, 3_000, false, 10, number -> number % 2 == 0);

    assertThat(numbers(page)).hasSize(1_000).startsWith(2L).endsWith(2_000L);
    assertThat(page.next()).hasValue(2_001);
  }
}
