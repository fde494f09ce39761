/**
 * Turns domain records into the bytes that the journal holds and back. Reading is strict: whatever
 * is missing, inconsistent, unknown or newer is refused by name.
 */
@NullMarked
package io.saltus.persistence.codec;

import org.jspecify.annotations.NullMarked;
