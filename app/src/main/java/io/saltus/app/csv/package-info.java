/** Columns of numbers from CSV and TSV files of any size, with the place of whatever is wrong. */
@NullMarked
package io.saltus.app.csv;

import org.jspecify.annotations.NullMarked;
