/** Measurements, each a ratio against a baseline taken in the same run. */
@NullMarked
package io.saltus.bench;

import org.jspecify.annotations.NullMarked;
