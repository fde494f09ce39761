package io.saltus.persistence.journal;

import io.saltus.persistence.read.Bytes;
import io.saltus.persistence.read.SerializedValue;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.rocks.NewEvent;
import java.time.Instant;
import java.util.List;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.Tagged;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Between Pekko's objects and serialized values. */
final class Conversion {

  private final Serialization serialization;

  Conversion(ActorSystem system) {
    serialization = SerializationExtension.get(system);
  }

  /** Serializes; whatever a serializer throws comes out. */
  NewEvent toEvent(PersistentRepr repr) {
    Object payload = repr.payload();
    List<String> tags = List.of();
    if (payload instanceof Tagged tagged) {
      payload = tagged.payload();
      tags = List.copyOf(CollectionConverters.asJava(tagged.tags()));
    }
    return new NewEvent(
        repr.sequenceNr(),
        time(repr),
        repr.writerUuid(),
        repr.manifest(),
        tags,
        serialize(payload),
        serialize(repr.metadata()));
  }

  static Instant time(PersistentRepr repr) {
    return Instant.ofEpochMilli(
        repr.timestamp() == 0 ? System.currentTimeMillis() : repr.timestamp());
  }

  PersistentRepr toRepr(StoredEvent event) {
    PersistentRepr repr =
        PersistentRepr.apply(
                deserialize(event.payload()),
                event.sequence(),
                event.persistenceId(),
                event.adapterManifest(),
                false,
                ActorRef.noSender(),
                event.writer())
            .withTimestamp(event.time().toEpochMilli());
    SerializedValue metadata = event.metadata();
    return metadata == null ? repr : repr.withMetadata(deserialize(metadata));
  }

  @Nullable SerializedValue serialize(Option<Object> value) {
    return value.isEmpty() ? null : serialize(value.get());
  }

  SerializedValue serialize(Object value) {
    Serializer serializer = serialization.findSerializerFor(value);
    byte[] bytes = serialization.serialize(value).get();
    return new SerializedValue(
        serializer.identifier(), Serializers.manifestFor(serializer, value), Bytes.wrap(bytes));
  }

  Object deserialize(SerializedValue value) {
    return serialization
        .deserialize(value.bytes().toArray(), value.serializerId(), value.manifest())
        .get();
  }

  Option<Object> deserializeOptional(@Nullable SerializedValue value) {
    return value == null ? Option.empty() : Option.apply(deserialize(value));
  }
}
