package io.saltus.experiment.spec;

/** Kinds of devices that a spec can ask for. */
public enum DeviceKind {
  /** Slots of the processor. */
  CPU,
  /** GPUs. */
  GPU;

  /** As it begins the names of devices. */
  public String text() {
    return SpecBinder.written(this);
  }
}
