package io.saltus.persistence.series;

/** A part of a series: known from the index, or to be read from the journal. */
sealed interface Piece permits Block, Gap {}
