package io.saltus.app.cli;

import java.util.Locale;

/** How results are written. */
enum Format {
  TEXT,
  JSON,
  CSV;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
