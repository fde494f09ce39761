package io.saltus.app.plot;

/** One series being drawn. Points come one by one, so that no series is ever held in memory. */
public final class Line {

  private final String label;
  private final Style style;
  private final StepAxis steps;
  private final ValueAxis values;
  private final Raster raster;
  private boolean down;
  private int x;
  private int y;

  Line(String label, Style style, StepAxis steps, ValueAxis values, Raster raster) {
    this.label = label;
    this.style = style;
    this.steps = steps;
    this.values = values;
    this.raster = raster;
  }

  /** Draws on to the next point, in order of steps; what is not finite leaves a gap. */
  public void to(long step, double value) {
    if (!Double.isFinite(value)) {
      down = false;
      return;
    }
    int nextX = raster.across(steps.at(step));
    int nextY = raster.down(values.at(value));
    raster.line(down ? x : nextX, down ? y : nextY, nextX, nextY);
    x = nextX;
    y = nextY;
    down = true;
  }

  String label() {
    return label;
  }

  Style style() {
    return style;
  }

  char at(int row, int column) {
    return raster.at(row, column);
  }
}
