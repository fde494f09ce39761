/**
 * What is known of all runs of a home at a glance, in one file beside the journal that can be
 * thrown away at any time. It only saves time: whoever reads it checks that it belongs to the
 * journal and takes what has changed since from there.
 */
@NullMarked
package io.saltus.persistence.index;

import org.jspecify.annotations.NullMarked;
