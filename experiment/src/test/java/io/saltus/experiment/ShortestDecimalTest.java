package io.saltus.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShortestDecimalTest {

  private static final String JSON_NUMBER = "-?(0|[1-9][0-9]*)(\\.[0-9]+)?(e-?[1-9][0-9]*)?";

  @ParameterizedTest
  @CsvSource({
    "0.005, 0.005",
    "5e-3, 0.005",
    "1.0, 1",
    "0.1, 0.1",
    "100, 100",
    "-2.5, -2.5",
    "2e23, 2e23",
    "2.0E-3, 0.002",
    "1.1e23, 1.1e23",
    "9007199254740991, 9007199254740991",
    "9007199254740992, 9007199254740992",
    "9007199254740994, 9007199254740994",
    "1e20, 100000000000000000000",
    "1e21, 1e21",
    "0.00001, 0.00001",
    "0.000001, 1e-6",
    "1.234e-7, 1.234e-7",
    "4.9E-324, 5e-324",
    "-4.9E-324, -5e-324",
    "2.2250738585072014E-308, 2.2250738585072014e-308",
    "2.2250738585072011E-308, 2.225073858507201e-308",
    "1.7976931348623157E308, 1.7976931348623157e308",
  })
  void a_double_is_written_with_the_fewest_digits(double value, String text) {
    assertThat(ShortestDecimal.of(value)).isEqualTo(text);
  }

  @Test
  void a_power_of_two_may_need_the_farther_decimal() {
    // 2^-44 = 5.68434188608080148…e-14; …801 is nearer but reads back to the double below.
    assertThat(ShortestDecimal.of(0x1p-44)).isEqualTo("5.684341886080802e-14");
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1",
    "0.0105, 0.0105",
    "3.4028235E38, 3.4028235e38",
    "1.4E-45, 1e-45",
    "1.17549435E-38, 1.1754944e-38",
    "16777216, 16777216",
    "33554432, 33554432",
    "0.99979997, 0.99979997",
    "8.5899346E9, 8589935000",
  })
  void a_float_is_written_with_the_fewest_digits_of_a_float(float value, String text) {
    assertThat(ShortestDecimal.of(value)).isEqualTo(text);
  }

  @Test
  void what_is_not_a_number_in_JSON_has_its_name() {
    assertThat(ShortestDecimal.of(Double.NaN)).isEqualTo("NaN");
    assertThat(ShortestDecimal.of(Double.POSITIVE_INFINITY)).isEqualTo("Infinity");
    assertThat(ShortestDecimal.of(Double.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
    assertThat(ShortestDecimal.of(Float.NaN)).isEqualTo("NaN");
    assertThat(ShortestDecimal.of(Float.POSITIVE_INFINITY)).isEqualTo("Infinity");
    assertThat(ShortestDecimal.of(Float.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0, -0.0})
  void both_zeros_keep_their_sign(double zero) {
    String text = zero == 0 && Double.doubleToRawLongBits(zero) == 0 ? "0" : "-0";
    assertThat(ShortestDecimal.of(zero)).isEqualTo(text);
    assertThat(ShortestDecimal.of((float) zero)).isEqualTo(text);
  }

  @Property(seed = "1", tries = 5000)
  void every_double_reads_back_to_its_bits_and_is_a_JSON_number(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    String text = ShortestDecimal.of(value);
    assertThat(Double.doubleToLongBits(Double.parseDouble(text)))
        .isEqualTo(Double.doubleToLongBits(value));
    if (Double.isFinite(value)) {
      assertThat(text).matches(JSON_NUMBER);
    }
  }

  @Property(seed = "1", tries = 5000)
  void every_float_reads_back_to_its_bits_and_is_a_JSON_number(@ForAll int bits) {
    float value = Float.intBitsToFloat(bits);
    String text = ShortestDecimal.of(value);
    assertThat(Float.floatToIntBits(Float.parseFloat(text))).isEqualTo(Float.floatToIntBits(value));
    if (Float.isFinite(value)) {
      assertThat(text).matches(JSON_NUMBER);
    }
  }

  @Example
  void no_power_of_two_has_a_shorter_text() {
    for (int exponent = Double.MIN_EXPONENT - 52; exponent <= Double.MAX_EXPONENT; exponent++) {
      double value = Math.scalb(1.0, exponent);
      assertThat(digits(ShortestDecimal.of(value))).isEqualTo(fewestDigits(value));
    }
  }

  @Property(seed = "1", tries = 1000)
  void no_double_has_a_shorter_text(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    if (Double.isFinite(value) && value != 0) {
      assertThat(digits(ShortestDecimal.of(value))).isEqualTo(fewestDigits(value));
    }
  }

  /** By trying both neighbours of every length from one digit upwards. */
  private static int fewestDigits(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; ; digits++) {
      for (RoundingMode mode : new RoundingMode[] {RoundingMode.FLOOR, RoundingMode.CEILING}) {
        BigDecimal rounded = exact.round(new MathContext(digits, mode));
        if (Double.parseDouble(rounded.toString()) == value) {
          return Math.max(1, rounded.stripTrailingZeros().precision());
        }
      }
    }
  }

  private static int digits(String text) {
    return new BigDecimal(text).stripTrailingZeros().precision();
  }
}
