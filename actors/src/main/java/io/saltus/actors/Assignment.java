package io.saltus.actors;

import io.saltus.experiment.RunId;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionRequest;

/**
 * What a trainer is given to begin an attempt.
 *
 * @param run whose attempt it is
 * @param fence of the device's lease; what arrives under another one is refused
 * @param program that opens the session
 * @param request what it opens it from, with the leased devices
 */
record Assignment(RunId run, long fence, Program program, SessionRequest request) {}
