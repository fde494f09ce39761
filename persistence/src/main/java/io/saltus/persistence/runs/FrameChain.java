package io.saltus.persistence.runs;

import java.util.Iterator;

/**
 * One series of frames after another. A flat-mapped stream would hold all of the first in memory.
 */
final class FrameChain implements Iterator<RecordedFrame> {

  private final Iterator<RecordedFrame> first;
  private final Iterator<RecordedFrame> second;

  FrameChain(Iterator<RecordedFrame> first, Iterator<RecordedFrame> second) {
    this.first = first;
    this.second = second;
  }

  @Override
  public boolean hasNext() {
    return first.hasNext() || second.hasNext();
  }

  @Override
  public RecordedFrame next() {
    return first.hasNext() ? first.next() : second.next();
  }
}
