/**
 * What people and programs get to see of a server, and when: its start, its pages in a browser,
 * live runs, many readers at once, its memory.
 */
@NullMarked
package io.saltus.bench.eyes;

import org.jspecify.annotations.NullMarked;
