/** What a storm strikes: a process that trains and says what it was promised. */
@NullMarked
package io.saltus.bench.storm.child;

import org.jspecify.annotations.NullMarked;
