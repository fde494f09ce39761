/** Runs as files that others read: JSON Lines, CSV, event files of TensorBoard. */
@NullMarked
package io.saltus.app.export;

import org.jspecify.annotations.NullMarked;
