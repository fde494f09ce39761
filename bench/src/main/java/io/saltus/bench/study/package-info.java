/** Studies whose processes are killed while they work. */
@NullMarked
package io.saltus.bench.study;

import org.jspecify.annotations.NullMarked;
