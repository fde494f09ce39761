package io.saltus.actors;

import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionRequest;

/**
 * What a trainer is given to begin an attempt.
 *
 * @param fence of the device's lease; what arrives under another one is refused
 * @param program that opens the session
 * @param request what it opens it from, with the leased devices
 */
record Assignment(long fence, Program program, SessionRequest request) {}
