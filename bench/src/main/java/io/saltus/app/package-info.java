/** Homes opened as only benchmarks open them. */
@NullMarked
package io.saltus.app;

import org.jspecify.annotations.NullMarked;
