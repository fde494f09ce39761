/** What measurements of a server stand on: its process, homes that are filled, rows of a table. */
@NullMarked
package io.saltus.bench.eyes.ground;

import org.jspecify.annotations.NullMarked;
