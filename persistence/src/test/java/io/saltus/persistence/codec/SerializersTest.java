package io.saltus.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.saltus.persistence.projection.RunState;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SerializersTest {

  private static ActorSystem system;

  @BeforeAll
  static void start() {
    system =
        ActorSystem.create(
            "serializers",
            BootstrapSetup.create(
                ConfigFactory.parseString("pekko.actor.allow-java-serialization = off")
                    .withFallback(ConfigFactory.load())));
  }

  @AfterAll
  static void stop() {
    TestKit.shutdownActorSystem(system);
  }

  @Test
  void pekko_finds_the_serialiser_of_everything_that_is_persisted() {
    List<Object> persisted = new ArrayList<>(Samples.allEvents().values());
    persisted.add(RunState.empty().apply(Samples.runEvents().get("RunSubmitted")));
    persisted.add(SupervisorStateCodecTest.sample());
    Serialization serialization = SerializationExtension.get(system);
    for (Object value : persisted) {
      SerializerWithStringManifest serializer =
          (SerializerWithStringManifest) serialization.findSerializerFor(value);
      assertThat(serializer.identifier())
          .isIn(
              RunEventSerializer.ID,
              SupervisorEventSerializer.ID,
              RunStateSerializer.ID,
              SupervisorStateSerializer.ID,
              AuditEventSerializer.ID,
              ProbeEventSerializer.ID,
              AnalysisEventSerializer.ID,
              StudyEventSerializer.ID);
      String manifest = serializer.manifest(value);
      assertThat(manifest).isEqualTo(value.getClass().getSimpleName());
      assertThat(
              serialization
                  .deserialize(serializer.toBinary(value), serializer.identifier(), manifest)
                  .get())
          .isEqualTo(value);
    }
  }
}
