/** What it takes to write ten million points for others, and to ask SQL of some. */
@NullMarked
package io.saltus.bench.export;

import org.jspecify.annotations.NullMarked;
