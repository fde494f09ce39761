package io.saltus.persistence.read;

/** Something in the journal cannot be what was written; the message names the event. */
public final class JournalDamagedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String persistenceId;
  private final long sequence;
  private final String what;

  /**
   * Names the damaged event.
   *
   * @param persistenceId the stream
   * @param sequence the sequence number of the damaged event
   * @param what what is wrong with it
   */
  public JournalDamagedException(String persistenceId, long sequence, String what) {
    super(
        "the journal is damaged: event %d of %s: %s. `saltus journal check` lists all damage, `saltus journal copy --to DIR --salvage` saves what can be read."
            .formatted(sequence, persistenceId.replace('|', ' '), what));
    this.persistenceId = persistenceId;
    this.sequence = sequence;
    this.what = what;
  }

  /** Returns the stream with the damaged event. */
  public String persistenceId() {
    return persistenceId;
  }

  /** Returns the sequence number of the damaged event. */
  public long sequence() {
    return sequence;
  }

  /** Returns what is wrong with it, without its name and without advice. */
  public String what() {
    return what;
  }
}
