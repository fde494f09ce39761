package io.saltus.actors;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A disk and what was seen of it at first, so that nobody begins before anybody has looked.
 *
 * @param first seen before there was a supervisor
 */
record WatchedDisk(Disk disk, DiskWatch.Seen first) {

  private static final Logger LOG = LoggerFactory.getLogger(WatchedDisk.class);

  /** Looks at it, so it is not for actors. */
  static WatchedDisk look(Disk disk) {
    try {
      return new WatchedDisk(disk, new DiskWatch.Seen(disk.freeBytes(), disk.totalBytes()));
    } catch (IOException e) {
      LOG.warn("how full the disk is cannot be seen: {}", e.toString());
      return new WatchedDisk(disk, DiskWatch.Seen.NOTHING);
    }
  }
}
