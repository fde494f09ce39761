/**
 * Many clients of a server on one thread: readers of the stream that check what they are told, and
 * questions at even times. It shares its processors with what it measures, so it does little.
 */
@NullMarked
package io.saltus.bench.eyes.wire;

import org.jspecify.annotations.NullMarked;
