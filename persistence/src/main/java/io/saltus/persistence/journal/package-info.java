/**
 * The journal and snapshot plugins of Pekko Persistence, and Persistence Query, on the store of
 * {@link io.saltus.persistence.rocks}.
 */
@NullMarked
package io.saltus.persistence.journal;

import org.jspecify.annotations.NullMarked;
