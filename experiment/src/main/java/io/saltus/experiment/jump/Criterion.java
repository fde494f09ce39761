package io.saltus.experiment.jump;

/**
 * One part of the definition of a jump, and whether a change meets it.
 *
 * @param name large, clear of noise, sharp, steeper than beside it, significant
 * @param words what was compared, with its numbers
 */
public record Criterion(String name, boolean met, String words) {}
