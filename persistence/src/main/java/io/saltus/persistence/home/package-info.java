/**
 * The state directory of Saltus: what lies where in it, who may write it, and what is wrong with it
 * when it cannot be used.
 */
@NullMarked
package io.saltus.persistence.home;

import org.jspecify.annotations.NullMarked;
