package io.saltus.experiment.spec;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code expect}. */
final class ExpectBinder {

  private static final int MOST = 200;
  private static final int MOST_IN_SHARE = 1000;
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,59}");
  private static final Pattern SHARE = Pattern.compile("([0-9]{1,4}) of ([0-9]{1,4})");

  /** A spec without a study must expect nothing: nothing would check it. */
  void refuse(Section root) {
    Optional<Found> found = given(root);
    if (found.isPresent() && found.get().list().isEmpty()) {
      root.wrongKind("expect", found.get(), "a list of expectations");
    } else if (found.flatMap(Found::list).filter(list -> !list.isEmpty()).isPresent()) {
      root.problem(
          "expect",
          found.get(),
          "belongs to a study, and this spec has none; set expect = null to run it alone");
    }
  }

  /**
   * @param axes of the study
   */
  List<Expectation> expect(Section root, SortedMap<String, List<String>> axes) {
    Optional<Found> found = given(root);
    if (found.isEmpty()) {
      return List.of();
    }
    if (found.get().list().filter(list -> list.size() <= MOST).isEmpty()) {
      root.wrongKind("expect", found.get(), "a list of at most " + MOST + " expectations");
      return List.of();
    }
    List<Expectation> expectations = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    int index = 0;
    for (ConfigValue value : found.get().list().get()) {
      Found element = new Found(value);
      String path = "expect." + index++;
      if (element.object().isEmpty()) {
        root.wrongElement(path, element, "an object");
        continue;
      }
      Section section = root.element(path, element.object().get());
      Optional<Expectation> read = expectation(section, Optional.of(axes), index);
      read.filter(expectation -> !ids.add(expectation.id()))
          .ifPresent(
              twice ->
                  section.problem(
                      "id", "is given twice: " + Words.quote(twice.id()), section.origin()));
      read.ifPresent(expectations::add);
    }
    return expectations;
  }

  private static Optional<Found> given(Section root) {
    return root.find("expect").filter(found -> !found.is(ConfigValueType.NULL));
  }

  /**
   * @param axes of the study; nothing where they are not at hand and were checked before
   * @param number of the expectation, from 1, for its id where it has none
   */
  static Optional<Expectation> expectation(
      Section section, Optional<SortedMap<String, List<String>>> axes, int number) {
    String id = id(section, number);
    String title = section.text("title", "");
    AxisNames names = new AxisNames(axes);
    SortedMap<String, List<String>> where = names.selection(section.section("where"));
    Optional<Expectation.Share> in = share(section);
    Optional<Claim> claim = new ClaimBinder(section, names).claim();
    section.close();
    return claim.map(
        said ->
            new Expectation(
                id, title.isEmpty() ? ExpectationText.words(said) : title, said, where, in));
  }

  private static String id(Section section, int number) {
    String fallback = "expectation-" + number;
    Optional<Found> found = section.find("id");
    Optional<String> text = found.flatMap(Found::text);
    if (found.isPresent() && text.filter(id -> ID.matcher(id).matches()).isEmpty()) {
      section.wrongKind("id", found.get(), "1 to 60 of a-z 0-9 . _ - such as groks-late");
      return fallback;
    }
    return text.orElse(fallback);
  }

  private static Optional<Expectation.Share> share(Section section) {
    Optional<Found> found = section.find("in");
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = SHARE.matcher(found.get().text().orElse(""));
    if (matcher.matches()) {
      int least = Integer.parseInt(matcher.group(1));
      int of = Integer.parseInt(matcher.group(2));
      if (least >= 1 && least <= of && of <= MOST_IN_SHARE) {
        return Optional.of(new Expectation.Share(least, of));
      }
    }
    section.wrongKind("in", found.get(), "how many of the seeds, such as \"4 of 5\"");
    return Optional.empty();
  }
}
