package io.saltus.app.cli;

import io.saltus.app.Saltus;
import io.saltus.app.hook.Hook;
import io.saltus.app.hook.HookCalls;
import io.saltus.app.json.Json;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.server.Server;
import io.saltus.app.server.ServerSettings;
import io.saltus.app.text.Printable;
import io.saltus.experiment.session.Program;
import io.saltus.persistence.home.Home;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Holds a home, takes what others leave to it, and shows it to browsers and other machines. */
@Command(
    name = "serve",
    description = "Serve the dashboard and the HTTP API, and do the runs that are asked for.")
final class ServeCommand implements Callable<Integer> {

  private static final int LAST_PORT = 65_535;

  private final Invocation invocation;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Where to listen; other than 127.0.0.1 only with --token-file.")
  private String host = "127.0.0.1";

  @Option(names = "--port", paramLabel = "N", description = "0 takes any that is free; else 7438.")
  private Optional<String> port = Optional.empty();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Tokens that are known, lines of 'token new'; looking on then needs one, too.")
  private Optional<String> tokenFile = Optional.empty();

  @Option(
      names = "--allowed-host",
      paramLabel = "NAME",
      description = "A further name that browsers may know this machine by; repeatable.")
  private List<String> allowedHosts = new ArrayList<>();

  @Mixin private DataSetFlags dataSets = new DataSetFlags();

  @Mixin private HookFlags hooks = new HookFlags();

  ServeCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    invocation.json();
    List<Hook> called = hooks.hooks();
    List<Program> programs = invocation.programs();
    int wanted =
        Arguments.whole("--port", port, 0, LAST_PORT)
            .map(Math::toIntExact)
            .orElse(ServerSettings.PORT);
    ServerSettings settings =
        ServerSettings.of(host, wanted, allowedHosts, tokenFile.map(invocation::path))
            .with(dataSets.read(invocation));
    invocation.requireNatives();
    try (Interruptions interruptions =
        Interruptions.hear(invocation.surroundings().halt(), this::say)) {
      Home.at(invocation.home()).warnings().forEach(invocation::warn);
      return serve(settings, programs, called, interruptions).code();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED.code();
    }
  }

  private ExitCode serve(
      ServerSettings settings,
      List<Program> programs,
      List<Hook> called,
      Interruptions interruptions)
      throws InterruptedException {
    try (HookCalls calls = HookFlags.calls(called, invocation);
        Saltus saltus = Saltus.open(invocation.home(), invocation.tools("saltus serve"))) {
      if (interruptions.heard().isPresent()) {
        return ExitCode.INTERRUPTED;
      }
      saltus.guests().welcome(new StudyProgress(this::say, Optional.empty(), calls));
      try (Server server =
          Server.open(
              settings,
              Home.at(invocation.home()),
              saltus,
              programs,
              invocation.surroundings().clock(),
              invocation.surroundings().random())) {
        tell(settings, server);
        CompletableFuture<ExitCode> end = new CompletableFuture<>();
        interruptions.onFirst(
            signal -> {
              server.takeNoMore();
              saltus.guests().takeNoMore();
              saltus.pauseAll("SIG" + signal);
              end.complete(ExitCode.INTERRUPTED);
            });
        saltus
            .breakdown()
            .thenAccept(
                why -> {
                  // Not where this is closing anyway.
                  if (end.complete(ExitCode.FAILED)) {
                    server.takeNoMore();
                    say(ended(why));
                  }
                });
        ExitCode code = end.join();
        if (saltus.guests().count() > 0) {
          say(saltus.guests().count() + " come to rest");
        }
        saltus.guests().finish();
        return code;
      }
    }
  }

  /** A server that can journal nothing is of no use: whoever watches over it starts another. */
  private static String ended(String why) {
    return "nothing can be journalled any more, so this server ends: "
        + why
        + ". What was acknowledged is durable; 'saltus resume --all' goes on with the runs, or a new"
        + " server and then 'Resume'.";
  }

  private void tell(ServerSettings settings, Server server) {
    if (settings.isExposed()) {
      invocation.warn(
          "other machines can reach this server, and nothing is encrypted: whoever sees the network"
              + " sees tokens, runs and what they hold. Better: listen on 127.0.0.1 and tunnel with"
              + " ssh -L 7438:127.0.0.1:7438 HOST");
    }
    invocation.print(
        invocation.json()
            ? Json.line(
                json ->
                    json.put("address", server.secretUrl())
                        .put("pid", ProcessHandle.current().pid()))
            : server.secretUrl());
    invocation.surroundings().out().flush();
    say("serving " + invocation.home() + "; ctrl-C lets its runs rest and ends");
  }

  private synchronized void say(String text) {
    invocation.note("saltus: " + Printable.of(text));
  }
}
