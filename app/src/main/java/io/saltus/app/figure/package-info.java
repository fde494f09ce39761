/**
 * The report on jumps: figures as SVG, and the page around them, each in one file without scripts.
 */
@NullMarked
package io.saltus.app.figure;

import org.jspecify.annotations.NullMarked;
