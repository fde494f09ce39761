package io.saltus.persistence.rocks;

import io.saltus.persistence.home.HomeException;
import io.saltus.persistence.home.HomeException.Reason;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Says in the user's words what RocksDB says in its own. */
final class Trouble {

  private static final Pattern SYNCHRONISING = Pattern.compile("\\bwhile \\w*sync\\w*\\b");

  private Trouble() {}

  static HomeException opening(Path directory, RocksDBException e) {
    String says = String.valueOf(e.getMessage());
    return switch (reason(e)) {
      case DISK_FULL ->
          new HomeException(
              Reason.DISK_FULL,
              "no space left on the disk: %s. Free some and start again.".formatted(directory),
              e);
      case HELD ->
          new HomeException(
              Reason.HELD,
              "the journal is being written by another process: %s. Wait until it ends."
                  .formatted(directory),
              e);
      case NOT_PERMITTED ->
          new HomeException(
              Reason.NOT_PERMITTED,
              "the journal may not be written: %s (%s). Check its owner and permissions."
                  .formatted(directory, says),
              e);
      case FOREIGN ->
          new HomeException(
              Reason.FOREIGN,
              "this database is not a journal of Saltus: %s (%s). Choose another home."
                  .formatted(directory, says),
              e);
      default -> damaged(directory, says, e);
    };
  }

  static HomeException damaged(Path directory, String how, @Nullable Exception cause) {
    return new HomeException(
        Reason.DAMAGED,
        "the journal cannot be opened: %s (%s). Leave it as it is: `saltus journal copy --to DIR --salvage` saves what can be read."
            .formatted(directory, how),
        cause);
  }

  static StoreFailedException writing(Path directory, Exception e) {
    if (e instanceof RocksDBException rocks && reason(rocks) == Reason.DISK_FULL) {
      return new StoreFailedException(
          "no space left on the disk: %s. Everything acknowledged is safe; free some space and resume."
              .formatted(directory),
          !SYNCHRONISING.matcher(said(rocks)).find(),
          e);
    }
    return new StoreFailedException(
        "the journal cannot be written any more: %s (%s). Everything acknowledged is safe; look after the disk and resume."
            .formatted(directory, e.getMessage()),
        false,
        e);
  }

  private static Reason reason(RocksDBException e) {
    @Nullable Status status = e.getStatus();
    String says = said(e);
    if (says.contains("no space left")
        || says.contains("quota exceeded")
        || (status != null && status.getSubCode() == Status.SubCode.NoSpace)) {
      return Reason.DISK_FULL;
    }
    if (says.contains("lock hold") || says.contains("while lock file")) {
      return Reason.HELD;
    }
    if (says.contains("permission denied") || says.contains("read-only file system")) {
      return Reason.NOT_PERMITTED;
    }
    if (says.contains("column families not opened") || says.contains("comparator")) {
      return Reason.FOREIGN;
    }
    return Reason.DAMAGED;
  }

  private static String said(RocksDBException e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
  }
}
