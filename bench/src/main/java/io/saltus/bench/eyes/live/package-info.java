/** A hundred live runs in the process of a server, and when their events became durable. */
@NullMarked
package io.saltus.bench.eyes.live;

import org.jspecify.annotations.NullMarked;
