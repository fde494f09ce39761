package io.saltus.experiment.spec;

/**
 * A spec that comes with Saltus.
 *
 * @param name by which it is run and included
 * @param title one line for people
 * @param text HOCON, with comments
 */
public record ShippedSpec(String name, String title, String text) {}
