/** Series drawn with characters, for terminals and for files of text. */
@NullMarked
package io.saltus.app.plot;

import org.jspecify.annotations.NullMarked;
