package io.saltus.app;

import io.saltus.experiment.RunId;

/**
 * A fork that is wanted.
 *
 * @param parent whose state it begins with
 * @param step after which, within the parent's history
 * @param run what it is to be
 */
public record ForkOrder(RunId parent, long step, RunOrder run) {}
