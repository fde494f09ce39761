/**
 * The state of a run as a fold over its events: everything that lists and summaries show, bounded
 * in size however long the run is.
 */
@NullMarked
package io.saltus.persistence.projection;

import org.jspecify.annotations.NullMarked;
