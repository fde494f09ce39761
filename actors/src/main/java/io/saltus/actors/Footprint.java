package io.saltus.actors;

/**
 * What a run is expected to take of the machine at most.
 *
 * @param memoryBytes of the machine's memory
 * @param diskBytes of the home's disk
 */
record Footprint(long memoryBytes, long diskBytes) {

  static final Footprint NONE = new Footprint(0, 0);

  Footprint plus(Footprint other) {
    return new Footprint(memoryBytes + other.memoryBytes, diskBytes + other.diskBytes);
  }
}
