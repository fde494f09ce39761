package io.saltus.persistence.rocks;

import static io.saltus.persistence.rocks.Events.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.Sha256;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.read.Bytes;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.SerializedValue;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.rocks.JournalSalvage.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A home to be damaged and where its copy will lie. */
class SalvageScene {

  @TempDir Path directory;
  Home home;
  Home copy;

  @BeforeEach
  void makeHome() {
    home = Home.at(directory.resolve("home"));
    home.lockForWriting("test").close();
    copy = Home.at(directory.resolve("copy"));
  }

  static RocksStore open(Home which) {
    return RocksStore.open(which.journal(), StoreOptions.defaults(), Clock.systemUTC());
  }

  /** Salvages, and sees to it that the source is left as it is and the copy is sound. */
  Report salvage() throws IOException {
    Map<Path, Sha256> before = content(home.root());
    Report report = JournalSalvage.salvage(home, copy.root());
    assertThat(content(home.root())).isEqualTo(before);
    assertThat(JournalCheck.of(copy).damages()).isEmpty();
    assertThat(JournalCheck.of(copy).events()).isEqualTo(report.events());
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactlyInAnyOrder(home.root(), copy.root());
    }
    return report;
  }

  static Map<Path, Sha256> content(Path root) throws IOException {
    Map<Path, Sha256> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(file, Sha256.ofFile(file));
      }
    }
    return content;
  }

  static List<StoredEvent> all(Home which) {
    try (JournalReader reader = RocksReaders.open(which.journal())) {
      List<StoredEvent> all = new ArrayList<>();
      reader.byOffset(1).forEachRemaining(all::add);
      return all;
    }
  }

  List<String> salvaged(String stream) {
    try (JournalReader reader = RocksReaders.open(copy.journal())) {
      return texts(reader.events(stream, 1, Long.MAX_VALUE));
    }
  }

  Path newest(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(home.journal())) {
      return files
          .filter(each -> each.toString().endsWith(suffix))
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  static int indexOf(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    return -1;
  }

  static NewEvent event(long sequence, byte[] payload) {
    return NewEvent.of(
        sequence, Events.NOON, new SerializedValue(7, "", Bytes.wrap(payload.clone())));
  }

  static byte[][] payloads(int count, int size) {
    byte[][] payloads = new byte[count][size];
    Random random = new Random(1);
    for (byte[] each : payloads) {
      random.nextBytes(each);
    }
    return payloads;
  }
}
