/**
 * Runs as tables of DuckDB: written as Parquet, or queried in a database that is locked before
 * anybody's SQL reaches it.
 */
@NullMarked
package io.saltus.app.sql;

import org.jspecify.annotations.NullMarked;
