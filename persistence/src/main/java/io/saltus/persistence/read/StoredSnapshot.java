package io.saltus.persistence.read;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of a persistent actor as it was saved, not yet decoded.
 *
 * @param persistenceId the stream
 * @param sequence the last event that the state contains
 * @param time when it was saved
 * @param payload the state
 * @param metadata metadata beside the state, usually none
 */
public record StoredSnapshot(
    String persistenceId,
    long sequence,
    Instant time,
    SerializedValue payload,
    @Nullable SerializedValue metadata) {}
