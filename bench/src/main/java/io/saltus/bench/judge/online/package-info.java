/** The monitor's alarms on series without a change, and its delay on those with one. */
@NullMarked
package io.saltus.bench.judge.online;

import org.jspecify.annotations.NullMarked;
