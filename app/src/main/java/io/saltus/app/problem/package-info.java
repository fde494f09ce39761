/** What went wrong, in the words and exit codes that reach the user. */
@NullMarked
package io.saltus.app.problem;

import org.jspecify.annotations.NullMarked;
