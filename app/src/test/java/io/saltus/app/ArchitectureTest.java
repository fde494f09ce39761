package io.saltus.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/** The arrows between the modules, and what is injected rather than reached for. */
@AnalyzeClasses(packages = "io.saltus", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  /** Generated: not ours to judge. */
  private static final String PROTO = "io.saltus.proto..";

  /** The composition root, which chooses what the others are given. */
  private static final String ROOT = "io.saltus.app..";

  /** Made by Pekko from configuration alone: there is nobody to inject a clock. */
  private static final String PLUGINS = "io.saltus.persistence.journal";

  /** Gives each new database an identity, which is meant to differ and enters no result. */
  private static final String STORE = "io.saltus.persistence.rocks";

  @ArchTest
  static final ArchRule modules_depend_only_in_the_direction_data_flows =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("experiment")
          .definedBy("io.saltus.experiment..")
          .layer("proto")
          .definedBy(PROTO)
          .layer("tf-models")
          .definedBy("io.saltus.tf..")
          .layer("persistence")
          .definedBy("io.saltus.persistence..")
          .layer("analysis")
          .definedBy("io.saltus.analysis..")
          .layer("actors")
          .definedBy("io.saltus.actors..")
          .layer("app")
          .definedBy(ROOT)
          .whereLayer("experiment")
          .mayNotAccessAnyLayer()
          .whereLayer("proto")
          .mayNotAccessAnyLayer()
          .whereLayer("tf-models")
          .mayOnlyAccessLayers("experiment")
          .whereLayer("persistence")
          .mayOnlyAccessLayers("experiment", "proto")
          .whereLayer("analysis")
          .mayOnlyAccessLayers("experiment")
          .whereLayer("actors")
          .mayOnlyAccessLayers("experiment", "persistence", "analysis")
          .whereLayer("app")
          .mayOnlyAccessLayers("experiment", "tf-models", "persistence", "analysis", "actors");

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("io.saltus.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule only_the_tf_package_knows_tensorflow =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.saltus.tf..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.tensorflow..");

  @ArchTest
  static final ArchRule generated_protos_stay_inside_persistence =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.saltus.persistence..", PROTO)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(PROTO);

  @ArchTest
  static final ArchRule analysis_and_experiment_know_no_actors_and_no_store =
      noClasses()
          .that()
          .resideInAnyPackage("io.saltus.analysis..", "io.saltus.experiment..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.pekko..", "org.rocksdb..", "com.google.protobuf..");

  @ArchTest
  static final ArchRule clocks_are_injected =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT, PLUGINS)
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethodWhere(calls("java.time.Clock.system.*"));

  @ArchTest
  static final ArchRule randomness_is_injected =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT, STORE)
          .should()
          .callConstructor(Random.class)
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethodWhere(calls("java.util.UUID.randomUUID.*"))
          .orShould()
          .dependOnClassesThat(
              are(belongToAnyOf(ThreadLocalRandom.class)).as("are ThreadLocalRandom"));

  @ArchTest
  static final ArchRule executors_are_injected =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT)
          .should()
          .dependOnClassesThat(are(belongToAnyOf(Executors.class)).as("are Executors"))
          .orShould()
          .callMethodWhere(calls("java.util.concurrent.ForkJoinPool.commonPool.*"));

  @ArchTest
  static final ArchRule there_is_no_static_mutable_state =
      fields()
          .that()
          .areDeclaredInClassesThat(resideOutside(PROTO))
          .and()
          .areStatic()
          .and()
          .doNotHaveModifier(JavaModifier.SYNTHETIC)
          .should()
          .beFinal();

  @ArchTest
  static final ArchRule names_say_what_a_thing_is =
      classes()
          .that(resideOutside(PROTO))
          .should()
          .haveNameNotMatching(".*(Manager|Helper|Utils?|Impl)|(.*[.$])?Abstract[^.]*");

  private static DescribedPredicate<JavaClass> resideOutside(String packages) {
    return DescribedPredicate.not(resideInAnyPackage(packages));
  }

  private static DescribedPredicate<JavaCall<?>> calls(String fullName) {
    return DescribedPredicate.describe(
        "target is " + fullName,
        call -> nameMatching(fullName).test(() -> call.getTarget().getFullName()));
  }
}
