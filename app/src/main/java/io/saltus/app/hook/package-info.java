/** Telling others what became of a run: commands and addresses that a user named. */
@NullMarked
package io.saltus.app.hook;

import org.jspecify.annotations.NullMarked;
