package io.saltus.actors;

/** What the supervisor does about each failure of a trainer: decided here and nowhere else. */
final class FailurePolicy {

  /** What can befall a trainer. */
  enum Failure {
    /** Its stream could not be read. */
    UNREADABLE,
    /** An event of its run could not be made durable. It may be on disk all the same. */
    JOURNAL_FAILED,
    /** It stopped without a word. */
    DIED
  }

  /** What is done about it. */
  enum Decision {
    /** Whoever asked is told; the run's stream is left as it is. */
    REFUSE,
    /**
     * Nothing is written any more by this process, and every run is reported as failed by its
     * journal. Writing on could contradict what may be on disk; the next process reads it again.
     */
    STOP_WRITING,
    /** A new trainer journals the end of the attempt, and the run fails. */
    CLOSE_ATTEMPT,
    /** The run is reported as failed; its attempt stays open in the journal. */
    GIVE_UP
  }

  private FailurePolicy() {}

  static Decision decide(Failure failure, SupervisedRun.Stage stage) {
    return switch (failure) {
      case UNREADABLE ->
          stage == SupervisedRun.Stage.SUBMITTING ? Decision.REFUSE : Decision.GIVE_UP;
      case JOURNAL_FAILED -> Decision.STOP_WRITING;
      case DIED ->
          switch (stage) {
            case SUBMITTING -> Decision.REFUSE;
            case WAITING, BACKING_OFF, WORKING -> Decision.CLOSE_ATTEMPT;
            // A second trainer that dies of the same run would not be the last.
            case CLOSING -> Decision.GIVE_UP;
          };
    };
  }
}
