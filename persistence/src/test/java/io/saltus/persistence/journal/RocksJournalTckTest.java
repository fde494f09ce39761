package io.saltus.persistence.journal;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import org.apache.pekko.persistence.CapabilityFlag;
import org.apache.pekko.persistence.japi.journal.JavaJournalSpec;
import org.junit.runner.RunWith;
import org.scalatestplus.junit.JUnitRunner;

/** Pekko's own conformance tests of a journal plugin. */
@RunWith(JUnitRunner.class)
public class RocksJournalTckTest extends JavaJournalSpec {

  private final Path home;

  public RocksJournalTckTest() {
    this(Homes.temporary());
  }

  private RocksJournalTckTest(Path home) {
    super(JournalConfig.forHome(home).withFallback(ConfigFactory.load()));
    this.home = home;
  }

  @Override
  public CapabilityFlag supportsRejectingNonSerializableObjects() {
    return CapabilityFlag.on();
  }

  @Override
  public CapabilityFlag supportsSerialization() {
    return CapabilityFlag.on();
  }

  @Override
  public CapabilityFlag supportsMetadata() {
    return CapabilityFlag.on();
  }

  @Override
  public void afterAll() {
    super.afterAll();
    Homes.delete(home);
  }
}
