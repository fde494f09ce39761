package io.saltus.app;

import java.util.OptionalDouble;

/**
 * How a study is to be done, beside what its spec says.
 *
 * @param parallel how many of its runs wait or work at a time, at least 1
 * @param failedAgain whether runs that failed go on, and cancelled ones are begun anew
 * @param reuse whether complete runs of the home that compute the same are taken
 * @param deviceHours how long devices may be used from its beginning on; empty: as before
 */
public record StudyTerms(
    int parallel, boolean failedAgain, boolean reuse, OptionalDouble deviceHours) {}
