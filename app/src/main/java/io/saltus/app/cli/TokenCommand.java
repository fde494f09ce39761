package io.saltus.app.cli;

import io.saltus.app.json.Json;
import io.saltus.app.problem.Refusal;
import io.saltus.app.server.guard.Access;
import io.saltus.app.server.guard.Token;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tokens for servers that other machines reach. */
@Command(name = "token", description = "Make tokens for 'serve --token-file'.")
final class TokenCommand implements Callable<Integer> {

  private TokenCommand() {}

  /** With its subcommand. */
  static CommandLine create(Invocation invocation) {
    return new CommandLine(new TokenCommand()).addSubcommand("new", new New(invocation));
  }

  @Override
  public Integer call() {
    throw Refusal.wrong("no command given", "saltus token", "See 'saltus token --help'.");
  }

  /** Makes one. */
  @Command(
      name = "new",
      description = "Make a token, and the line that goes into a file of tokens; keeps neither.")
  static final class New implements Callable<Integer> {

    private static final int LONGEST = 200;

    private final Invocation invocation;

    @Option(names = "--read", description = "One that only looks on.")
    private boolean read;

    @Option(names = "--label", paramLabel = "TEXT", description = "Whose it is.")
    private String label = "unnamed";

    New(Invocation invocation) {
      this.invocation = invocation;
    }

    @Override
    public Integer call() {
      boolean json = invocation.json();
      if (label.isBlank() || label.length() > LONGEST || !label.matches("[^\\p{Cntrl}]+")) {
        throw Refusal.wrong("this is no label", "--label", "Use 1 to 200 printable characters.");
      }
      String secret = Token.newSecret(invocation.surroundings().random());
      Access access = read ? Access.READ : Access.FULL;
      Token token = Token.of(access, secret, label.strip());
      if (json) {
        invocation.print(
            Json.line(
                object ->
                    object
                        .put("token", secret)
                        .put("access", access.word())
                        .put("sha256", token.digest().hex())
                        .put("label", token.label())
                        .put("line", token.line())));
      } else {
        invocation.print(List.of("token  " + secret, "line   " + token.line()));
        invocation.note(
            "saltus: keep the token to yourself; the line goes into the file of --token-file");
      }
      return 0;
    }
  }
}
