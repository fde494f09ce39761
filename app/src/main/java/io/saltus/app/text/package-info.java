/** Text for people: tables, numbers, a progress line, and data made safe for a terminal. */
@NullMarked
package io.saltus.app.text;

import org.jspecify.annotations.NullMarked;
