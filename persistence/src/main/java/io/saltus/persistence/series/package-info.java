/**
 * The downsampling index: of long runs, blocks of consecutive values with what stands out in them,
 * in a file per run that can be thrown away at any time. It only saves time: whoever reads it
 * checks that it belongs to the journal and takes what it does not hold from there.
 */
@NullMarked
package io.saltus.persistence.series;

import org.jspecify.annotations.NullMarked;
