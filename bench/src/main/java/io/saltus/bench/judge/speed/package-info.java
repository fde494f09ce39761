/** How fast searches and detectors are, alone and for a whole run. */
@NullMarked
package io.saltus.bench.judge.speed;

import org.jspecify.annotations.NullMarked;
