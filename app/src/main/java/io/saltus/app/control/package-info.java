/** What processes say to each other through the control socket of a home. */
@NullMarked
package io.saltus.app.control;

import org.jspecify.annotations.NullMarked;
