/** A run as people and programs read it: its JSON object, its summary, its picture. */
@NullMarked
package io.saltus.app.report;

import org.jspecify.annotations.NullMarked;
