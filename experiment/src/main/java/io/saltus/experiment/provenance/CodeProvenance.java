package io.saltus.experiment.provenance;

import io.saltus.experiment.Sha256;
import java.util.Optional;

/**
 * The code that submitted a run.
 *
 * @param version of Saltus
 * @param commit of the source it was built from, when known
 * @param modified whether that source had uncommitted changes
 * @param code SHA-256 over the code that ran (its jars in class-path order), when it can be read
 */
public record CodeProvenance(
    String version, Optional<String> commit, boolean modified, Optional<Sha256> code) {}
