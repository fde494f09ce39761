/** What the runs of a study show together, as it is told to people. */
@NullMarked
package io.saltus.app.study;

import org.jspecify.annotations.NullMarked;
