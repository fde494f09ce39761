package io.saltus.app.external;

/**
 * How far a run has come, durably.
 *
 * @param step the last that is recorded; -1 when there is none
 * @param sequence the number of the last event of its stream
 * @param recorded how many values were new
 */
public record Progress(long step, long sequence, long recorded) {}
