/** Judges what the analysis says, part by part, each against what was asked of it. */
@NullMarked
package io.saltus.bench.judge;

import org.jspecify.annotations.NullMarked;
