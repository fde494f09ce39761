/** The dashboard in a browser that says what it drew when. */
@NullMarked
package io.saltus.bench.eyes.page;

import org.jspecify.annotations.NullMarked;
