/** The memory of long runs and of the default run, each in a process of its own. */
@NullMarked
package io.saltus.bench.memory;

import org.jspecify.annotations.NullMarked;
