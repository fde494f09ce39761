package io.saltus.analysis.jump;

/**
 * A fit of drift and rises, or of some of them, on straight lines between the cells: what a change
 * stands on.
 *
 * @param heights at the cells
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Ground(LogBins bins, double[] heights) {

  double at(double place) {
    double[] x = bins.x;
    int i = 1;
    while (i < x.length - 1 && x[i] < place) {
      i++;
    }
    double part = Math.max(0, Math.min(1, (place - x[i - 1]) / (x[i] - x[i - 1])));
    return heights[i - 1] + part * (heights[i] - heights[i - 1]);
  }
}
