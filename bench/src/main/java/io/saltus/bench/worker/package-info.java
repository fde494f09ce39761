/** Runs in processes of their own: what that costs, and what starting them ahead saves. */
@NullMarked
package io.saltus.bench.worker;

import org.jspecify.annotations.NullMarked;
