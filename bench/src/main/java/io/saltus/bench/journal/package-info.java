/** The journal against others that keep the same promises: writing and replaying events. */
@NullMarked
package io.saltus.bench.journal;

import org.jspecify.annotations.NullMarked;
