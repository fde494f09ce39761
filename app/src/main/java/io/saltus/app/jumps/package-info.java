/** The jumps of runs in a journal: which series are looked at, what is known beside them. */
@NullMarked
package io.saltus.app.jumps;

import org.jspecify.annotations.NullMarked;
