package io.saltus.persistence.codec;

import com.google.protobuf.ProtocolMessageEnum;
import java.util.EnumMap;
import java.util.Map;

/**
 * An enum of the domain and its namesake on the wire, constant by constant: {@code KEPT} is {@code
 * SLOT_FATE_KEPT}. The numbers stand in the proto file alone.
 *
 * @param <J> of the domain
 * @param <P> on the wire
 */
final class EnumTable<J extends Enum<J>, P extends Enum<P> & ProtocolMessageEnum> {

  private final Map<J, P> toWire;
  private final Map<P, J> fromWire;

  private EnumTable(Class<J> domain, Class<P> wire, String prefix) {
    toWire = new EnumMap<>(domain);
    fromWire = new EnumMap<>(wire);
    for (J constant : domain.getEnumConstants()) {
      P partner = Enum.valueOf(wire, prefix + constant.name());
      toWire.put(constant, partner);
      fromWire.put(partner, constant);
    }
  }

  static <J extends Enum<J>, P extends Enum<P> & ProtocolMessageEnum> EnumTable<J, P> of(
      Class<J> domain, Class<P> wire, String prefix) {
    return new EnumTable<>(domain, wire, prefix);
  }

  P write(J constant) {
    P partner = toWire.get(constant);
    if (partner == null) {
      throw new AssertionError("the constructor maps every constant, but not " + constant);
    }
    return partner;
  }

  J read(At at, String field, P wire, int number) {
    J constant = fromWire.get(wire);
    if (constant != null) {
      return constant;
    }
    if (number == 0) {
      throw CodecException.damaged(at.in(field) + " is missing");
    }
    throw CodecException.newer(
        at.in(field)
            + " is the unknown number "
            + number
            + "; it was written by a newer Saltus, or is damaged");
  }
}
