/**
 * Checkpoint files: safetensors, named by their digest, written so that a crash leaves a whole file
 * or none, and collected when no run refers to them. See {@code docs/formats/checkpoints.md}.
 */
@NullMarked
package io.saltus.persistence.checkpoint;

import org.jspecify.annotations.NullMarked;
