/** Jumps in runs of the shipped specs that lie in a home. */
@NullMarked
package io.saltus.bench.judge.runs;

import org.jspecify.annotations.NullMarked;
