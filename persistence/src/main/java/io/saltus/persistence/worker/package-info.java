/**
 * What a supervisor's process and a worker process say to each other, and the frames it travels in.
 * The payloads are made by {@link io.saltus.persistence.codec.WorkerCodec}.
 */
@NullMarked
package io.saltus.persistence.worker;

import org.jspecify.annotations.NullMarked;
