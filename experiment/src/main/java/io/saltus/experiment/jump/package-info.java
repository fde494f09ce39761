/** What a jump is, as it is found, journalled and shown. */
@NullMarked
package io.saltus.experiment.jump;

import org.jspecify.annotations.NullMarked;
