package io.saltus.persistence.codec;

import io.saltus.experiment.event.ProbeEvent;
import io.saltus.experiment.event.ProbeEvent.ProbeRecorded;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.proto.v1.BesideProto;

/** The events of probes. */
final class ProbeEvents {

  private ProbeEvents() {}

  static EventTable<ProbeEvent> table() {
    return new EventTable<ProbeEvent>()
        .add(
            ProbeRecorded.class,
            ProbeEvents::write,
            BesideProto.ProbeRecorded.parser(),
            ProbeEvents::read);
  }

  private static BesideProto.ProbeRecorded write(At at, ProbeRecorded event) {
    return BesideProto.ProbeRecorded.newBuilder()
        .setProvider(at.text(event.provider(), "provider"))
        .setVersion(at.atLeast(1, event.version(), "version"))
        .setFromStep(at.count(event.fromStep(), "from_step"))
        .setUntilStep(at.count(event.untilStep(), "until_step"))
        .setCatalogue(MetricsCodec.write(event.catalogue()))
        .setFrame(MetricsCodec.write(event.frame()))
        .build();
  }

  private static ProbeRecorded read(At at, BesideProto.ProbeRecorded wire) {
    at.has(wire.hasProvider(), "provider");
    at.has(wire.hasVersion(), "version");
    at.has(wire.hasFromStep(), "from_step");
    at.has(wire.hasUntilStep(), "until_step");
    at.has(wire.hasCatalogue(), "catalogue");
    at.has(wire.hasFrame(), "frame");
    Catalogue catalogue = MetricsCodec.read(at.in("catalogue"), wire.getCatalogue());
    MetricFrame frame = MetricsCodec.read(at.in("frame"), wire.getFrame());
    return at.build(
        () ->
            new ProbeRecorded(
                at.text(wire.getProvider(), "provider"),
                at.atLeast(1, wire.getVersion(), "version"),
                at.count(wire.getFromStep(), "from_step"),
                at.count(wire.getUntilStep(), "until_step"),
                catalogue,
                frame));
  }
}
