package io.saltus.tf.session;

import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.session.GpuFault;
import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.SessionLostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** TensorFlow's exceptions in a form for users. */
final class Failures {

  /** What it says when a run did not end in the time that its options gave it. */
  private static final String TIMED_OUT = "Timed out waiting for notification";

  /** With deterministic operations asked for, TensorFlow refuses others in words like these. */
  private static final Pattern DETERMINISM =
      Pattern.compile("determinis(tic|m)", Pattern.CASE_INSENSITIVE);

  private static final Pattern NODE = Pattern.compile("\\{\\{node ([^}]+)\\}\\}");

  private Failures() {}

  private static String operation(String message) {
    Matcher node = NODE.matcher(message);
    return node.find() ? "the operation " + node.group(1) : "an operation";
  }

  /**
   * The first line of what TensorFlow says: the others are its call stack. What a GPU says when it
   * is lost is no failure of the computation; on a processor nothing can mean that.
   *
   * @param onGpu whether this process computes on a GPU
   */
  static SessionException of(String what, RuntimeException failed, boolean onGpu) {
    String message = String.valueOf(failed.getMessage());
    if (message.startsWith(TIMED_OUT)) {
      return new SessionLostException(
          AttemptEnd.HUNG, what + ": it did not end in its time and was given up.");
    }
    if (DETERMINISM.matcher(message).find()) {
      return new SessionException(
          what
              + ": "
              + operation(message)
              + " has no deterministic kernel on this GPU. Use another operation, or the processor:"
              + " resources.kind = cpu. TensorFlow says: "
              + message.lines().findFirst().orElse(""),
          failed);
    }
    if (onGpu && GpuFault.in(message).isPresent()) {
      return new SessionLostException(
          AttemptEnd.DEVICE_LOST,
          what
              + ": the GPU was lost, or fails. Look at it with nvidia-smi, and for Xid in the"
              + " system's log. TensorFlow says: "
              + message.lines().findFirst().orElse(""));
    }
    return new SessionException(what + ": " + message.lines().findFirst().orElse(""), failed);
  }
}
