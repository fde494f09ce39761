/** Who may ask for what: hosts, origins, tokens, in that order. */
@NullMarked
package io.saltus.app.server.guard;

import org.jspecify.annotations.NullMarked;
