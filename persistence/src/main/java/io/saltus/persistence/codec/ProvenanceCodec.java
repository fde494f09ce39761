package io.saltus.persistence.codec;

import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.experiment.provenance.Fingerprint;
import io.saltus.experiment.provenance.InputDigest;
import io.saltus.proto.v1.ProvenanceProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Code, inputs and environment. */
final class ProvenanceCodec {

  private ProvenanceCodec() {}

  static ProvenanceProto.CodeProvenance write(CodeProvenance code) {
    ProvenanceProto.CodeProvenance.Builder wire =
        ProvenanceProto.CodeProvenance.newBuilder()
            .setVersion(code.version())
            .setModified(code.modified());
    code.commit().ifPresent(wire::setCommit);
    code.code().ifPresent(digest -> wire.setCode(Digests.write(digest)));
    return wire.build();
  }

  static CodeProvenance read(At at, ProvenanceProto.CodeProvenance wire) {
    at.known(wire);
    return new CodeProvenance(
        wire.getVersion(),
        wire.hasCommit() ? Optional.of(wire.getCommit()) : Optional.empty(),
        wire.getModified(),
        wire.hasCode() ? Optional.of(Digests.read(at, "code", wire.getCode())) : Optional.empty());
  }

  static ProvenanceProto.Fingerprint write(Fingerprint fingerprint) {
    return ProvenanceProto.Fingerprint.newBuilder()
        .addAllNumeric(write(fingerprint.numeric()))
        .addAllInformational(write(fingerprint.informational()))
        .build();
  }

  static Fingerprint read(At at, ProvenanceProto.Fingerprint wire) {
    at.known(wire);
    return new Fingerprint(
        read(at, "numeric", wire.getNumericList()),
        read(at, "informational", wire.getInformationalList()));
  }

  static ProvenanceProto.InputDigest write(InputDigest input) {
    return ProvenanceProto.InputDigest.newBuilder()
        .setName(input.name())
        .setBytes(input.bytes())
        .setSha256(Digests.write(input.sha256()))
        .build();
  }

  static InputDigest read(At at, ProvenanceProto.InputDigest wire) {
    at.known(wire);
    return new InputDigest(
        at.text(wire.getName(), "name"),
        at.count(wire.getBytes(), "bytes"),
        Digests.read(at, "sha256", wire.getSha256()));
  }

  static List<ProvenanceProto.Entry> write(SortedMap<String, String> entries) {
    List<ProvenanceProto.Entry> wire = new ArrayList<>(entries.size());
    entries.forEach(
        (key, value) ->
            wire.add(ProvenanceProto.Entry.newBuilder().setKey(key).setValue(value).build()));
    return wire;
  }

  static SortedMap<String, String> read(At at, String field, List<ProvenanceProto.Entry> entries) {
    SortedMap<String, String> read = new TreeMap<>();
    for (int i = 0; i < entries.size(); i++) {
      ProvenanceProto.Entry entry = entries.get(i);
      At place = at.in(field, i);
      place.known(entry);
      place.check(
          read.isEmpty() || read.lastKey().compareTo(entry.getKey()) < 0,
          "key",
          "does not follow the one before in order: " + entry.getKey());
      read.put(entry.getKey(), entry.getValue());
    }
    return read;
  }
}
