package io.saltus.app.cli;

import io.saltus.app.problem.Nearest;
import io.saltus.app.problem.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the parser of the command line found wrong, in our words. */
final class ParseComplaints {

  private ParseComplaints() {}

  static Refusal toRefusal(CommandLine.ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    if (failure instanceof CommandLine.UnmatchedArgumentException unmatched) {
      return unmatched(command, unmatched.getUnmatched().get(0));
    }
    if (failure instanceof CommandLine.MissingParameterException missing) {
      return missing(command, missing.getMissing());
    }
    if (failure instanceof CommandLine.OverwrittenOptionException twice) {
      return Refusal.wrong(label(twice.getOverwritten()) + " is given twice", name(command), "");
    }
    return Refusal.wrong(clause(String.valueOf(failure.getMessage())), name(command), see(command));
  }

  private static Refusal unmatched(CommandLine command, String argument) {
    boolean option = argument.startsWith("-") && argument.length() > 1;
    if (option) {
      String flag = argument.replaceFirst("=.*", "");
      return unknown(
          "unknown option '" + flag + "'", command, Nearest.question(flag, options(command)));
    }
    if (command.getParent() == null) {
      return unknown(
          "unknown command '" + argument + "'",
          command,
          Nearest.question(argument, commands(command)));
    }
    return unknown("unexpected argument '" + argument + "'", command, "");
  }

  private static Refusal unknown(String what, CommandLine command, String question) {
    return Refusal.wrong(
        what, name(command), question.isEmpty() ? see(command) : question + " " + see(command));
  }

  private static Refusal missing(CommandLine command, List<ArgSpec> missing) {
    if (missing.isEmpty()) {
      return Refusal.wrong("an argument is missing", name(command), see(command));
    }
    ArgSpec first = missing.get(0);
    String what = first.isOption() ? label(first) + " needs a value" : label(first) + " is missing";
    return Refusal.wrong(what, name(command), see(command));
  }

  private static String label(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static List<String> options(CommandLine command) {
    List<String> names = new ArrayList<>();
    command.getCommandSpec().options().stream()
        .filter(option -> !option.hidden())
        .forEach(option -> names.addAll(List.of(option.names())));
    return names;
  }

  private static List<String> commands(CommandLine command) {
    return List.copyOf(command.getSubcommands().keySet());
  }

  private static String see(CommandLine command) {
    return "See '" + name(command) + " --help'.";
  }

  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName();
  }

  private static String clause(String message) {
    String text = message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
