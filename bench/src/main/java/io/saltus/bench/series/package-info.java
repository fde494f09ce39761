/** What the downsampling index of a long run costs, and what it saves. */
@NullMarked
package io.saltus.bench.series;

import org.jspecify.annotations.NullMarked;
