package io.saltus.persistence.checkpoint;

import io.saltus.experiment.Sha256;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of files in a directory of checkpoints. */
final class CheckpointNames {

  private static final Pattern CHECKPOINT = Pattern.compile("([0-9a-f]{64})\\.safetensors");
  private static final Pattern SET_ASIDE = Pattern.compile("[0-9a-f]{64}\\.bad");
  private static final Pattern TEMPORARY = Pattern.compile("write-[0-9]{1,19}\\.tmp");

  private CheckpointNames() {}

  static String of(Sha256 sha256) {
    return sha256 + ".safetensors";
  }

  static String setAside(Sha256 sha256) {
    return sha256 + ".bad";
  }

  static String temporary(long number) {
    return "write-" + number + ".tmp";
  }

  static Optional<Sha256> checkpoint(String name) {
    Matcher matcher = CHECKPOINT.matcher(name);
    return matcher.matches() ? Optional.of(new Sha256(matcher.group(1))) : Optional.empty();
  }

  static boolean isSetAside(String name) {
    return SET_ASIDE.matcher(name).matches();
  }

  static boolean isTemporary(String name) {
    return TEMPORARY.matcher(name).matches();
  }
}
