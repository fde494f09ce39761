/** What checkpoints cost: one large file, and training that saves as it goes. */
@NullMarked
package io.saltus.bench.checkpoint;

import org.jspecify.annotations.NullMarked;
