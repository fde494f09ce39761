/** Pure functions over series: arrays in, records out, no input or output of any other kind. */
@NullMarked
package io.saltus.analysis;

import org.jspecify.annotations.NullMarked;
