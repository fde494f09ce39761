package io.saltus.experiment;

import java.util.List;

/** Finds devices of one sort on a machine. */
@FunctionalInterface
public interface DeviceProvider {

  /**
   * Those that are there now, in the order in which they are given away; none where there are none
   * of the sort. May start other programs, and touches no GPU.
   */
  List<Device> devices();
}
