package io.saltus.app.server.guard;

import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Problem;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of tokens: {@code read|full DIGEST LABEL} a line, where the digest is the SHA-256 of the
 * token in hexadecimal. Empty lines and lines that begin with {@code #} say nothing.
 */
public final class TokenFile {

  private static final Pattern LINE =
      Pattern.compile("(read|full)\\s+([0-9a-f]{64})(?:\\s+(\\S.{0,199}))?\\s*");
  private static final long LARGEST = 1 << 20;

  private TokenFile() {}

  /**
   * Reads one.
   *
   * @throws Refusal when it cannot be read, or a line is none
   */
  public static List<Token> read(Path file) {
    List<String> lines = lines(file);
    List<Token> tokens = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Matcher parts = LINE.matcher(line);
      if (parts.matches()) {
        String label = parts.group(3);
        tokens.add(
            new Token(
                parts.group(1).equals("full") ? Access.FULL : Access.READ,
                new Sha256(parts.group(2)),
                label == null ? "" : label));
      } else {
        problems.add(
            new Problem(
                "this line is no token",
                file + ":" + (i + 1),
                "Write 'read' or 'full', a digest of 64 hexadecimal digits and a label;"
                    + " 'saltus token new' makes one."));
      }
    }
    if (!problems.isEmpty()) {
      throw new Refusal(ExitCode.WRONG_INPUT, problems);
    }
    if (tokens.isEmpty()) {
      throw Refusal.wrong(
          "the file has no tokens", "--token-file " + file, "'saltus token new' makes one.");
    }
    return tokens;
  }

  private static List<String> lines(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw Refusal.wrong("the file is too large", "--token-file " + file, "At most 1 MiB.");
      }
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new Refusal(
          ExitCode.WRONG_INPUT,
          new Problem(
              "the file of tokens cannot be read",
              "--token-file " + file + " (" + e.getMessage() + ")",
              "'saltus token new' makes a token."),
          e);
    }
  }
}
