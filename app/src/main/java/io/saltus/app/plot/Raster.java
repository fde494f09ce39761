package io.saltus.app.plot;

/** The dots of one style over a field of characters. */
final class Raster {

  private static final int BRAILLE = 0x2800;

  /** The bit of each dot of a braille character, by row and column (Unicode chart U+2800). */
  private static final int[][] DOTS = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

  private static final char[] HALVES = {' ', '▀', '▄', '█'};

  private final Style style;
  private final int rows;
  private final int columns;
  private final boolean[][] set;

  Raster(Style style, int rows, int columns) {
    this.style = style;
    this.rows = rows;
    this.columns = columns;
    this.set = new boolean[rows * style.down][columns * style.across];
  }

  /** The dot across for a place from 0 to 1. */
  int across(double place) {
    return (int) Math.round(place * (columns * style.across - 1));
  }

  /** The dot down for a place from 0 (bottom) to 1; the ends are the middles of the outer rows. */
  int down(double place) {
    double middle = (style.down - 1) / 2.0;
    return (int) Math.round((1 - place) * (rows - 1) * style.down + middle);
  }

  /** A straight line between two dots, both included (Bresenham). */
  void line(int x0, int y0, int x1, int y1) {
    int dx = Math.abs(x1 - x0);
    int dy = -Math.abs(y1 - y0);
    int x = x0;
    int y = y0;
    int error = dx + dy;
    while (true) {
      set[y][x] = true;
      if (x == x1 && y == y1) {
        return;
      }
      int twice = 2 * error;
      if (twice >= dy) {
        error += dy;
        x += x0 < x1 ? 1 : -1;
      }
      if (twice <= dx) {
        error += dx;
        y += y0 < y1 ? 1 : -1;
      }
    }
  }

  /** The character at a place of the field; a space where no dot is set. */
  char at(int row, int column) {
    int bits = 0;
    for (int y = 0; y < style.down; y++) {
      for (int x = 0; x < style.across; x++) {
        if (set[row * style.down + y][column * style.across + x]) {
          bits |= style == Style.FINE ? DOTS[y][x] : 1 << y;
        }
      }
    }
    return bits == 0 ? ' ' : style == Style.FINE ? (char) (BRAILLE + bits) : HALVES[bits];
  }
}
