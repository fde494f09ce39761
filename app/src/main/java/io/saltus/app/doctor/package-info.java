/** Checks of what Saltus needs around it, each with its remedy. */
@NullMarked
package io.saltus.app.doctor;

import org.jspecify.annotations.NullMarked;
