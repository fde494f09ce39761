package io.saltus.experiment.session;

/** What a training session can do beyond running chunks. */
public enum Capability {
  /** Its state can be read and put back bit for bit. */
  RESTORE,
  /** Its sets can be evaluated at any time. */
  EVALUATE,
  /** It keeps masked weights at 0. */
  MASKS,
  /** It lets {@link MetricProvider}s look at its steps. */
  PROBES
}
