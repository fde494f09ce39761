/**
 * The Turing Change Point Dataset: its format, its two measures, and the choice of three numbers on
 * it.
 */
@NullMarked
package io.saltus.bench.judge.tcpd;

import org.jspecify.annotations.NullMarked;
