package io.saltus.persistence.journal;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import org.apache.pekko.persistence.CapabilityFlag;
import org.apache.pekko.persistence.japi.snapshot.JavaSnapshotStoreSpec;
import org.junit.runner.RunWith;
import org.scalatestplus.junit.JUnitRunner;

/** Pekko's own conformance tests of a snapshot plugin. */
@RunWith(JUnitRunner.class)
public class RocksSnapshotStoreTckTest extends JavaSnapshotStoreSpec {

  private final Path home;

  public RocksSnapshotStoreTckTest() {
    this(Homes.temporary());
  }

  private RocksSnapshotStoreTckTest(Path home) {
    super(JournalConfig.forHome(home).withFallback(ConfigFactory.load()));
    this.home = home;
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
