package io.saltus.app.plot;

/** How a line is drawn; two lines differ also without colours. */
public enum Style {
  /** Braille dots, 2 × 4 to a character: fine, for noisy series. */
  FINE(2, 4, "⠒⠒", 36),
  /** Half blocks, 1 × 2 to a character: strong, drawn over the fine ones. */
  STRONG(1, 2, "▀▀", 33);

  final int across;
  final int down;
  final String sample;
  final int colour;

  Style(int across, int down, String sample, int colour) {
    this.across = across;
    this.down = down;
    this.sample = sample;
    this.colour = colour;
  }
}
