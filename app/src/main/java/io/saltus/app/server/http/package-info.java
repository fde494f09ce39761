/** Requests, answers and problems, apart from the library that carries them. */
@NullMarked
package io.saltus.app.server.http;

import org.jspecify.annotations.NullMarked;
