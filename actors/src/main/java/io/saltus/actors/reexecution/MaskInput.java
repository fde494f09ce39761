package io.saltus.actors.reexecution;

import io.saltus.experiment.session.Capability;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.checkpoint.SafeTensorsException;
import java.io.IOException;
import java.nio.file.Path;

/** Opens sessions whose inputs name a mask: a safetensors file of zeros and ones. */
public final class MaskInput {

  /** The name of the input. */
  public static final String NAME = "mask";

  private MaskInput() {}

  /**
   * Opens a session, with the masks of its request's input of that name if it has one.
   *
   * @throws SessionException when the mask cannot be read, does not fit or is not supported, and as
   *     {@link Program#open} does
   */
  public static TrainingSession open(Program program, SessionRequest request) {
    Path file = request.inputs().get(NAME);
    if (file == null) {
      return program.open(request);
    }
    TrainingSession session;
    try {
      session = program.open(request.withMasks(CheckpointStore.read(file)));
    } catch (IOException | SafeTensorsException e) {
      throw new SessionException("the mask cannot be read: " + file + ": " + e.getMessage(), e);
    }
    if (!session.capabilities().contains(Capability.MASKS)) {
      session.close();
      throw new SessionException("this program cannot mask weights: leave the input mask out");
    }
    return session;
  }
}
