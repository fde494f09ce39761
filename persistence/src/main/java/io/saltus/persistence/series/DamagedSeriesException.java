package io.saltus.persistence.series;

import java.io.IOException;

/** An index is not what was written. The journal says the same. */
final class DamagedSeriesException extends IOException {

  private static final long serialVersionUID = 1L;

  DamagedSeriesException(String what) {
    super(what);
  }
}
