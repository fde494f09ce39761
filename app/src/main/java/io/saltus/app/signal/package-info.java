/** The signals of the operating system that ask a process to end. */
@NullMarked
package io.saltus.app.signal;

import org.jspecify.annotations.NullMarked;
