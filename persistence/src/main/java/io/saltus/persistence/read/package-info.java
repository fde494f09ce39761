/**
 * Reading a journal without an actor system: the values and the small interface behind which each
 * store puts its own reader. What is read here is durable, complete and in order.
 */
@NullMarked
package io.saltus.persistence.read;

import org.jspecify.annotations.NullMarked;
