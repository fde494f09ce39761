/**
 * What the runs of a study show together: whether expectations hold, and means, waiting times and
 * bands over seeds. Records in, records out; nothing here reads a journal or a clock.
 */
@NullMarked
package io.saltus.analysis.study;

import org.jspecify.annotations.NullMarked;
