/** The composition root: it alone chooses clocks, randomness, executors and where things live. */
@NullMarked
package io.saltus.app;

import org.jspecify.annotations.NullMarked;
