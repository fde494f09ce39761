/** How often the test of a series rejects where there is only drift and noise. */
@NullMarked
package io.saltus.bench.judge.size;

import org.jspecify.annotations.NullMarked;
