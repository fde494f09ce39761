package io.saltus.persistence.codec;

import io.saltus.experiment.jump.Bootstrap;
import io.saltus.experiment.jump.Criterion;
import io.saltus.experiment.jump.Interval;
import io.saltus.proto.v1.BesideProto;
import java.util.ArrayList;
import java.util.List;

/** What jumps, change points and tested series have in common. */
final class JumpPartsCodec {

  private JumpPartsCodec() {}

  static BesideProto.Interval write(Interval interval) {
    return BesideProto.Interval.newBuilder()
        .setLowBits(Reals.write(interval.low()))
        .setHighBits(Reals.write(interval.high()))
        .build();
  }

  static Interval read(At at, String field, boolean present, BesideProto.Interval wire) {
    at.has(present, field);
    At place = at.in(field);
    place.known(wire);
    return new Interval(
        Reals.read(place, "low_bits", wire.hasLowBits(), wire.getLowBits()),
        Reals.read(place, "high_bits", wire.hasHighBits(), wire.getHighBits()));
  }

  static BesideProto.Bootstrap write(At at, Bootstrap bootstrap) {
    return BesideProto.Bootstrap.newBuilder()
        .setReplicates(at.atLeast(0, bootstrap.replicates(), "replicates"))
        .setBlock(at.atLeast(0, bootstrap.block(), "block"))
        .setSeed(bootstrap.seed())
        .build();
  }

  static Bootstrap read(At at, BesideProto.Bootstrap wire) {
    at.known(wire);
    at.has(wire.hasReplicates(), "replicates");
    at.has(wire.hasBlock(), "block");
    at.has(wire.hasSeed(), "seed");
    return new Bootstrap(
        at.atLeast(0, wire.getReplicates(), "replicates"),
        at.atLeast(0, wire.getBlock(), "block"),
        wire.getSeed());
  }

  static List<BesideProto.Criterion> write(At at, List<Criterion> criteria) {
    List<BesideProto.Criterion> wire = new ArrayList<>(criteria.size());
    for (Criterion criterion : criteria) {
      At place = at.in("criteria", wire.size());
      wire.add(
          BesideProto.Criterion.newBuilder()
              .setName(place.text(criterion.name(), "name"))
              .setMet(criterion.met())
              .setWords(criterion.words())
              .build());
    }
    return wire;
  }

  static List<Criterion> read(At at, List<BesideProto.Criterion> wire) {
    List<Criterion> criteria = new ArrayList<>(wire.size());
    for (BesideProto.Criterion criterion : wire) {
      At place = at.in("criteria", criteria.size());
      place.known(criterion);
      place.has(criterion.hasName(), "name");
      place.has(criterion.hasMet(), "met");
      place.has(criterion.hasWords(), "words");
      criteria.add(
          new Criterion(
              place.text(criterion.getName(), "name"), criterion.getMet(), criterion.getWords()));
    }
    return List.copyOf(criteria);
  }
}
