package io.saltus.actors.study;

import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.StudyEvent.StudyOutcome;

/**
 * How a study came to rest.
 *
 * @param reason for people; empty when there is nothing to say
 */
public record StudyEnd(StudyId study, StudyOutcome outcome, String reason) {}
