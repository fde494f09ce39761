/** What goes on in a home, followed in its journal once for everybody who looks on. */
@NullMarked
package io.saltus.app.server.live;

import org.jspecify.annotations.NullMarked;
