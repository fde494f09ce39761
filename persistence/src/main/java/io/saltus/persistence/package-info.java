/**
 * What is durable: the journal, its codecs and its readers. Generated Protobuf classes do not leave
 * this package and its subpackages.
 */
@NullMarked
package io.saltus.persistence;

import org.jspecify.annotations.NullMarked;
