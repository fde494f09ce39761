/**
 * Runs of training loops in other languages, which tell their metrics while they compute: one
 * writer for each stream, whatever asks for it. Nothing of theirs is executed, and nothing that
 * they say is believed to be exact.
 */
@NullMarked
package io.saltus.app.external;

import org.jspecify.annotations.NullMarked;
