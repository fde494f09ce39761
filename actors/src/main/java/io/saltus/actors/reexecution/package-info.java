/**
 * Executing again what the journal already holds, and comparing it bit for bit: what resuming,
 * verifying, probing and forking have in common. Reads histories and checkpoints, writes nothing.
 */
@NullMarked
package io.saltus.actors.reexecution;

import org.jspecify.annotations.NullMarked;
