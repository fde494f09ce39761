/**
 * {@code saltus serve}: the door for browsers and other machines, from its opening to its closing.
 */
@NullMarked
package io.saltus.app.server;

import org.jspecify.annotations.NullMarked;
