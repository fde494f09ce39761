/** How long it takes to go on: after a kill, and from a long journal. */
@NullMarked
package io.saltus.bench.resume;

import org.jspecify.annotations.NullMarked;
