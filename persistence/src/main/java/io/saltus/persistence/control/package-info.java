/**
 * How other processes of the same user ask the process that writes a home to do something: one line
 * there and one line back, over a Unix domain socket that only the owner can reach.
 */
@NullMarked
package io.saltus.persistence.control;

import org.jspecify.annotations.NullMarked;
