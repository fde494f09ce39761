/** The one door of the judge to searches and costs that are no public API: a class of this name. */
@NullMarked
package io.saltus.analysis.change;

import org.jspecify.annotations.NullMarked;
