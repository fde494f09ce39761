/** Fast searches against plain ones on random signals, and against what another library found. */
@NullMarked
package io.saltus.bench.judge.exactness;

import org.jspecify.annotations.NullMarked;
