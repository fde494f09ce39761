/**
 * Logs of other programs as runs: JSON Lines of our own, CSV, event files of TensorBoard. Nothing
 * that stands in a file is trusted: names become names of ours, lengths are checked before anything
 * is allocated.
 */
@NullMarked
package io.saltus.app.imports;

import org.jspecify.annotations.NullMarked;
