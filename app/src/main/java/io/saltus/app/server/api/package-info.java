/** The routes of the HTTP API: one table, from which requests are answered and described. */
@NullMarked
package io.saltus.app.server.api;

import org.jspecify.annotations.NullMarked;
