/**
 * Experiment specs: the schema, its typed form, its digest, and the reader that turns HOCON into it
 * or names everything that is wrong with it.
 */
@NullMarked
package io.saltus.experiment.spec;

import org.jspecify.annotations.NullMarked;
