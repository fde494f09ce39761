package io.saltus.persistence.codec;

import org.apache.pekko.serialization.SerializerWithStringManifest;

/** A codec in the shape that Pekko asks for. */
abstract class EventSerializer<E> extends SerializerWithStringManifest {

  private final int id;
  private final Class<E> type;
  private final EventCodec<E> codec;

  EventSerializer(int id, Class<E> type, EventCodec<E> codec) {
    this.id = id;
    this.type = type;
    this.codec = codec;
  }

  @Override
  public final int identifier() {
    return id;
  }

  @Override
  public final String manifest(Object event) {
    return codec.manifest(type.cast(event));
  }

  @Override
  public final byte[] toBinary(Object event) {
    return codec.encode(type.cast(event));
  }

  @Override
  public final Object fromBinary(byte[] bytes, String manifest) {
    return codec.decode(manifest, bytes);
  }
}
