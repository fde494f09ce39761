package io.saltus.app.control;

import io.saltus.app.json.Json;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.persistence.control.ControlRequest;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A study that is left to the process that holds the home.
 *
 * @param begins whether it is a new one
 * @param study its name; of a new one free as far as is known
 * @param spec of a new study, or the wider one of a study that is there; empty: as it is
 * @param parallel how many of its runs wait or work at a time
 * @param failedAgain whether runs that failed go on, and cancelled ones are begun anew
 * @param reuse whether complete runs of the home that compute the same are taken
 * @param deviceHours its budget; empty: as before
 */
public record StudyOrderMessage(
    boolean begins,
    StudyId study,
    Optional<ExperimentSpec> spec,
    int parallel,
    boolean failedAgain,
    boolean reuse,
    OptionalDouble deviceHours) {

  /** The name of the request. */
  public static final String NAME = "conduct";

  private static final String YES = "yes";

  /** Refuses a new study without a spec. */
  public StudyOrderMessage {
    if (begins && spec.isEmpty()) {
      throw new IllegalArgumentException("the request names no spec");
    }
  }

  /** The request that carries it. */
  public ControlRequest request() {
    return new ControlRequest(
        NAME,
        Json.line(
            json -> {
              json.put("study", study.value())
                  .put("begins", word(begins))
                  .put("parallel", parallel)
                  .put("failed", word(failedAgain))
                  .put("reuse", word(reuse));
              spec.ifPresent(text -> json.put("spec", SpecText.of(text)));
              deviceHours.ifPresent(hours -> json.put("hours", Double.toString(hours)));
            }));
  }

  private static String word(boolean yes) {
    return yes ? YES : "no";
  }

  /**
   * Reads the body of a request.
   *
   * @throws IllegalArgumentException when it is not one
   * @throws io.saltus.persistence.codec.CodecException when the spec cannot be read
   */
  public static StudyOrderMessage read(String body) {
    Fields fields = Fields.of(body);
    return new StudyOrderMessage(
        fields.get("begins").equals(YES),
        new StudyId(fields.require("study")),
        fields.find("spec").map(SpecText::read),
        Math.toIntExact(fields.whole("parallel")),
        fields.get("failed").equals(YES),
        fields.get("reuse").equals(YES),
        fields
            .find("hours")
            .map(hours -> OptionalDouble.of(Double.parseDouble(hours)))
            .orElseGet(OptionalDouble::empty));
  }
}
