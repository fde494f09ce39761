package io.saltus.actors;

import io.saltus.experiment.RunId;
import java.util.concurrent.CompletionStage;

/**
 * A run that was accepted.
 *
 * @param run which
 * @param settled completes when the run has come to rest, however it does; exceptionally only when
 *     the actor system ends under it
 */
public record RunHandle(RunId run, CompletionStage<Settlement> settled) {}
