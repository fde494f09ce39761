/**
 * The actor of a study: which run comes next, and what becomes of the study when its runs rest. It
 * asks for runs through {@link io.saltus.actors.study.RunDesk} and never touches their trainers.
 */
@NullMarked
package io.saltus.actors.study;

import org.jspecify.annotations.NullMarked;
