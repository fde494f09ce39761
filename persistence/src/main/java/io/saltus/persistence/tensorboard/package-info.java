/**
 * Event files of TensorBoard: records with a length and two checksums, and in them the scalars and
 * hyperparameters of a run.
 */
@NullMarked
package io.saltus.persistence.tensorboard;

import org.jspecify.annotations.NullMarked;
