/**
 * Changes of a series while it is still growing: one observation in, one verdict out, without
 * allocation. Every state can be copied and compared, so that a replay can be held to it.
 */
@NullMarked
package io.saltus.analysis.online;

import org.jspecify.annotations.NullMarked;
