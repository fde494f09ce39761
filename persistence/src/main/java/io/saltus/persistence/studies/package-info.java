/** Studies as readers see them: listed, found by name and folded. */
@NullMarked
package io.saltus.persistence.studies;

import org.jspecify.annotations.NullMarked;
