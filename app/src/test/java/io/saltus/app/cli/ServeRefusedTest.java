package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.saltus.app.cli.Console.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code serve} where the machine or another process does not let it, in processes of their own.
 */
@Timeout(300)
class ServeRefusedTest {

  private static final int PRIVILEGED = 1;
  private static final List<String> WITHOUT_PRIVILEGE =
      List.of("setpriv", "--bounding-set=-net_bind_service", "--inh-caps=-net_bind_service");

  @TempDir Path directory;

  private Process start(String name, List<String> before, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(SaltusMain.class.getName());
    command.addAll(List.of("serve", "--home", home().toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectOutput(directory.resolve(name + ".out").toFile())
        .redirectError(directory.resolve(name + ".err").toFile())
        .start();
  }

  private Path home() {
    return directory.resolve("home");
  }

  private String read(String name) throws IOException {
    return Files.readString(directory.resolve(name));
  }

  /** It ends by itself, and says why in one sentence. */
  private Outcome refused(String name, List<String> before, String... arguments) throws Exception {
    Process process = start(name, before, arguments);
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
      Outcome outcome = new Outcome(process.exitValue(), read(name + ".out"), read(name + ".err"));
      assertThat(outcome.code()).as(outcome.err()).isEqualTo(1);
      assertThat(outcome.out()).isEmpty();
      assertThat(outcome.err()).startsWith("saltus: ").doesNotContain("Exception", "\tat ");
      return outcome;
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void a_port_that_only_the_administrator_may_have_is_refused() throws Exception {
    Outcome outcome = refused("one", withoutPrivilege(), "--port", Integer.toString(PRIVILEGED));

    assertThat(outcome.err())
        .isEqualTo(
            "saltus: only the administrator may listen there: --port 1. Choose one from 1024 on.\n");
    assertThat(home().resolve("control/token")).doesNotExist();
  }

  /** What a process is begun with that may not listen on such a port: nothing where none may. */
  private static List<String> withoutPrivilege() throws Exception {
    try (ServerSocket listening =
        new ServerSocket(PRIVILEGED, 1, InetAddress.getLoopbackAddress())) {
      assertThat(listening.isBound()).isTrue();
    } catch (IOException refused) {
      assumeTrue(String.valueOf(refused.getMessage()).contains("denied"), "the port is taken");
      return List.of();
    }
    // Such a file says all only to who asks for much at once, as a reader of lines does.
    Path unprivileged = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");
    int first = Integer.parseInt(Files.readAllLines(unprivileged).get(0));
    assumeTrue(first > PRIVILEGED, "anybody may listen there");
    List<String> nothing = new ArrayList<>(WITHOUT_PRIVILEGE);
    nothing.add("true");
    try {
      assumeTrue(new ProcessBuilder(nothing).start().waitFor() == 0, "privileges stay");
    } catch (IOException missing) {
      assumeTrue(false, "there is no setpriv");
    }
    return WITHOUT_PRIVILEGE;
  }

  @Test
  void an_address_of_another_machine_is_refused() throws Exception {
    Path tokens = directory.resolve("tokens");
    Outcome made =
        new Console(directory).run("token", "new", "--label", "mine", "--format", "json");
    Files.writeString(tokens, made.out().replaceFirst("(?s).*\"line\":\"([^\"]*)\".*", "$1\n"));

    // Set aside for documentation: RFC 5737.
    Outcome outcome =
        refused(
            "one",
            List.of(),
            "--host",
            "192.0.2.1",
            "--port",
            "0",
            "--token-file",
            tokens.toString());

    assertThat(outcome.err())
        .isEqualTo(
            "saltus: this machine has no such address: --host 192.0.2.1."
                + " Give 127.0.0.1 or an address of this machine.\n");
  }

  @Test
  void a_home_that_another_process_holds_is_left_to_it() throws Exception {
    Process holder = start("holder", List.of(), "--port", "0");
    try {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> !holder.isAlive() || !read("holder.out").isBlank());
      String address = read("holder.out").strip();
      assertThat(address).as(read("holder.err")).startsWith("http://");

      Outcome second = refused("second", List.of(), "--port", "0");

      assertThat(second.err())
          .contains("the home is in use", "process " + holder.pid(), "saltus serve");
      assertThat(home().resolve("control/token")).hasContent(address.replaceFirst(".*=", ""));
      assertThat(status(address)).isEqualTo(200);
    } finally {
      holder.destroyForcibly().waitFor();
    }
  }

  private static int status(String address) throws IOException, InterruptedException {
    URI live = URI.create(address.replaceFirst("/#.*", "/health/live"));
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(live).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
