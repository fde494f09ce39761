package io.saltus.persistence.projection;

import io.saltus.experiment.event.AttemptEnd;

/** Why a run failed. */
public record RunError(AttemptEnd cause, String message, long step) {}
