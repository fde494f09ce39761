/** Where results come from: the code, the inputs and the numeric environment of an attempt. */
@NullMarked
package io.saltus.experiment.provenance;

import org.jspecify.annotations.NullMarked;
