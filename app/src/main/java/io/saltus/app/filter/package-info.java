/**
 * The language in which people say which runs they mean: {@code status:completed AND
 * optimizer.weight-decay>0.1}.
 */
@NullMarked
package io.saltus.app.filter;

import org.jspecify.annotations.NullMarked;
