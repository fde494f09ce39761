package io.saltus.actors;

import java.util.function.LongSupplier;

/**
 * What trainers work with, from outside.
 *
 * @param threads of the sessions
 * @param nanoTime a monotonic clock
 */
record TrainerTools(SupervisionSettings settings, SessionThreads threads, LongSupplier nanoTime) {}
