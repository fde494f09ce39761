/**
 * The vocabulary every part of Saltus speaks: identifiers, digests, seeds and numbers. It depends
 * on nothing that computes, stores or shows.
 */
@NullMarked
package io.saltus.experiment;

import org.jspecify.annotations.NullMarked;
