/**
 * Training sessions in child processes: the parent's side starts and watches them, the child's side
 * serves one session over its pipes. Neither knows of actors.
 */
@NullMarked
package io.saltus.actors.worker;

import org.jspecify.annotations.NullMarked;
