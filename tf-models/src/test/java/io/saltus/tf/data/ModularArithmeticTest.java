package io.saltus.tf.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModularArithmeticTest {

  @ParameterizedTest
  @CsvSource({"ADD,95,4,2", "SUB,3,5,95", "MUL,50,50,75", "DIV,1,2,49", "DIV,0,5,0"})
  void results_are_those_of_arithmetic(ModularOperation operation, int a, int b, int result) {
    assertThat(operation.apply(a, b, 97)).isEqualTo(result);
  }

  @Test
  void a_quotient_times_the_divisor_is_the_dividend_again() {
    for (int a = 0; a < 997; a += 13) {
      for (int b = 1; b < 997; b++) {
        int quotient = ModularOperation.DIV.apply(a, b, 997);
        assertThat(ModularOperation.MUL.apply(quotient, b, 997)).isEqualTo(a);
      }
    }
  }

  @Test
  void division_modulo_two_is_defined_for_one() {
    assertThat(ModularOperation.DIV.apply(1, 1, 2)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(ModularOperation.class)
  void every_pair_is_in_exactly_one_part(ModularOperation operation) {
    ModularArithmetic arithmetic = new ModularArithmetic(operation, 11, 0.3);
    Split split = arithmetic.split(7);
    Set<List<Integer>> seen = new HashSet<>();
    for (Examples part : List.of(split.training(), split.validation())) {
      Inputs.Pairs pairs = (Inputs.Pairs) part.inputs();
      for (int i = 0; i < part.size(); i++) {
        assertThat(seen.add(List.of(pairs.left()[i], pairs.right()[i]))).isTrue();
        assertThat(part.labels()[i])
            .isEqualTo(operation.apply(pairs.left()[i], pairs.right()[i], 11));
      }
    }
    assertThat(seen).hasSize(operation == ModularOperation.DIV ? 110 : 121);
    assertThat(split.training().size()).isEqualTo(operation == ModularOperation.DIV ? 33 : 36);
  }

  @Test
  void the_split_is_a_function_of_the_seed() {
    ModularArithmetic arithmetic = new ModularArithmetic(ModularOperation.ADD, 97, 0.3);
    assertThat(arithmetic.split(1).training().labels())
        .isEqualTo(arithmetic.split(1).training().labels())
        .isNotEqualTo(arithmetic.split(2).training().labels())
        .hasSize(2822);
  }

  @Test
  void primes_are_told_from_other_numbers() {
    assertThat(List.of(2, 3, 97, 997)).allMatch(n -> ModularOperation.isPrime(n));
    assertThat(List.of(0, 1, 4, 91, 1000)).noneMatch(n -> ModularOperation.isPrime(n));
  }
}
