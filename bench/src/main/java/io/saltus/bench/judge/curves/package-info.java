/**
 * Labelled synthetic curves, drawn from the definition of a jump, and how calls on them are scored.
 */
@NullMarked
package io.saltus.bench.judge.curves;

import org.jspecify.annotations.NullMarked;
