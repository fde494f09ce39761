/** Results as JSON, one object per line, with numbers that read back to the same bits. */
@NullMarked
package io.saltus.app.json;

import org.jspecify.annotations.NullMarked;
