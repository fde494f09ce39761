package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code serve} and {@code token}, as a person starts them. */
@Timeout(300)
class ServeCommandTest {

  @TempDir Path directory;

  private Process start(String... more) throws IOException {
    String[] all = {
      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
      "-XX:TieredStopAtLevel=1",
      "-cp",
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
      SaltusMain.class.getName(),
      "serve",
      "--home",
      directory.resolve("home").toString(),
      "--port",
      "0"
    };
    String[] command = java.util.Arrays.copyOf(all, all.length + more.length);
    System.arraycopy(more, 0, command, all.length, more.length);
    return new ProcessBuilder(command)
        .redirectOutput(directory.resolve("out").toFile())
        .redirectError(directory.resolve("err").toFile())
        .start();
  }

  private String address(Process process) {
    await().atMost(Duration.ofMinutes(2)).until(() -> !process.isAlive() || !read("out").isBlank());
    assertThat(read("out")).as(read("err")).isNotBlank();
    return read("out").strip();
  }

  private String read(String name) {
    try {
      return Files.readString(directory.resolve(name));
    } catch (IOException e) {
      return "";
    }
  }

  private static HttpResponse<String> get(String address, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(address.replaceFirst("/#.*", "") + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> submit(String address, String name) throws Exception {
    return post(
        address,
        "/api/v1/runs",
        "{\"spec\":\"grokking\",\"set\":{\"steps\":100000,\"until\":null},"
            + "\"seed\":2,\"name\":\"%s\",\"tags\":{\"via\":\"http\"}}".formatted(name));
  }

  private static HttpResponse<String> post(String address, String path, String body)
      throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(address.replaceFirst("/#.*", "") + path))
                .header("Authorization", "Bearer " + address.replaceFirst(".*=", ""))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static void untilShown(String address, String path, String status) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> get(address, path).body().contains("\"status\":\"" + status + "\""));
  }

  @Test
  void it_prints_one_line_serves_and_rests_on_a_signal() throws Exception {
    Process process = start();
    try {
      String address = address(process);
      assertThat(address).matches("http://127\\.0\\.0\\.1:\\d+/#token=[A-Za-z0-9_-]{43}");
      Path token = directory.resolve("home/control/token");
      assertThat(token).hasContent(address.replaceFirst(".*=", ""));
      assertThat(get(address, "/api/v1/runs").body()).contains("\"total\":0");
      assertThat(get(address, "/api/v1/runs/none").statusCode()).isEqualTo(404);

      new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start().waitFor();

      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(read("err")).isEqualTo(130);
      assertThat(token).doesNotExist();
      assertThat(read("out").lines()).hasSize(1);
      assertThat(read("err")).doesNotContain("Exception", "\tat ", "nothing can be journalled");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void a_run_that_is_asked_for_over_http_is_done_and_paused_at_the_end() throws Exception {
    Process process = start("--format", "json");
    try {
      String line = address(process);
      String address = line.replaceFirst(".*\"address\":\"([^\"]*)\".*", "$1");
      assertThat(line).contains("\"pid\":" + process.pid());
      HttpResponse<String> begun = submit(address, "g");
      assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
      assertThat(begun.headers().firstValue("Location")).contains("/api/v1/runs/g");
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> get(address, "/api/v1/runs/g/metrics").body().contains("train.loss"));
      assertThat(workers()).as("nobody watches it").anyMatch(file -> file.contains("run=g\n"));

      Outcome shown = console().run("show", "g", "--format", "json");
      assertThat(shown.out()).contains("\"status\":\"running\"", "\"via\":\"http\"");
      Outcome refused = console().run("serve", "--port", "0");
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.err()).contains("the home is in use", "saltus serve");

      process.destroy();
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(read("err")).isEqualTo(130);
      assertThat(console().run("show", "g", "--format", "json").out())
          .contains("\"status\":\"paused\"");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private List<String> workers() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("home/workers"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("[0-9]+"))
          .map(file -> read("home/workers/" + file.getFileName()))
          .toList();
    }
  }

  @Test
  void its_hooks_are_called_for_runs_over_http_and_no_request_can_name_one() throws Exception {
    Path called = directory.resolve("called");
    Process process = start("--on", "completed=echo $SALTUS_RUN >> " + called);
    try {
      String address = address(process);
      String run =
          "{\"spec\":\"grokking\",\"set\":{\"task.modulus\":23,\"model.width\":64,\"steps\":20,"
              + "\"until\":null},\"name\":\"g\"";
      HttpResponse<String> refused =
          post(address, "/api/v1/runs", run + ",\"on\":{\"completed\":\"touch " + called + "\"}}");
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
      assertThat(called).doesNotExist();

      HttpResponse<String> begun = post(address, "/api/v1/runs", run + "}");
      assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
      await().atMost(Duration.ofMinutes(2)).until(() -> read("called").equals("g\n"));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void a_study_that_is_asked_for_over_http_has_its_cells_and_runs() throws Exception {
    Process process = start();
    try {
      String address = address(process);
      String study =
          "{\"spec\":\"grokking-weight-decay\",\"name\":\"s\",\"set\":{\"task.modulus\":23,"
              + "\"model.width\":64,\"steps\":20,\"until\":null,\"expect\":null,\"study.seeds\":[1,2],"
              + "\"study.axes\":{\"optimizer.weight-decay\":[0,1]}},\"parallel\":";
      for (String parallel : List.of("0", "10001")) {
        HttpResponse<String> refused = post(address, "/api/v1/studies", study + parallel + "}");
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).contains("parallel: it is not a whole number from 1 to 10000");
      }
      assertThat(get(address, "/api/v1/studies/s").statusCode()).isEqualTo(404);

      HttpResponse<String> begun = post(address, "/api/v1/studies", study + "2}");

      assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
      assertThat(begun.headers().firstValue("Location")).contains("/api/v1/studies/s");
      assertThat(begun.body())
          .contains("\"total\":4", "\"axes\":{\"optimizer.weight-decay\":[\"0\",\"1\"]}");
      // Its runs say so of themselves, too.
      await()
          .atMost(Duration.ofMinutes(2))
          .until(
              () ->
                  get(address, "/api/v1/studies/s")
                      .body()
                      .contains("\"status\":\"completed\",\"reason\""));
      String whole = get(address, "/api/v1/studies/s").body();
      assertThat(whole)
          .contains("\"done\":4,\"failed\":0")
          .contains("\"cells\":[{\"axes\":{\"optimizer.weight-decay\":\"0\"},\"n\":2,\"failed\":0")
          .contains("{\"axes\":{\"optimizer.weight-decay\":\"1\"},\"n\":2,\"failed\":0");
      assertThat(get(address, "/api/v1/runs/s.1").body()).contains("\"study\":\"s\"");
      assertThat(get(address, "/api/v1/studies/s/bands?metric=train.loss").body())
          .contains("\"n\":2");
      assertThat(get(address, "/api/v1/studies").body()).contains("\"next\":null,\"total\":1");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void a_run_whose_server_is_killed_comes_out_bit_for_bit_as_one_in_peace() throws Exception {
    Path home = directory.resolve("home");
    Process killed = start();
    try {
      String address = address(killed);
      HttpResponse<String> begun =
          post(
              address,
              "/api/v1/runs",
              "{\"spec\":\"grokking\",\"name\":\"g\",\"seed\":2,\"set\":{\"task.modulus\":23,"
                  + "\"model.width\":64,\"until\":null,\"evaluate.every\":50,\"steps\":8000,"
                  + "\"checkpoint.every\":\"100 steps\"}}");
      assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
      await()
          .pollInterval(Duration.ofMillis(5))
          .atMost(Duration.ofMinutes(2))
          .until(() -> get(address, "/api/v1/runs/g/checkpoints").body().contains("\"step\":1"));
    } finally {
      killed.destroyForcibly().waitFor();
    }

    Outcome resumed = SaltusProcess.run(home, Map.of(), "resume", "--all", "--format", "json");
    Outcome calm =
        SaltusProcess.run(
            home,
            Map.of(),
            ("run grokking --name calm --seed 2 --steps 8000 --format json --set task.modulus=23"
                    + " --set model.width=64 --set until=null --set evaluate.every=50")
                .split(" "));

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.out()).contains("\"step\":8000", "\"attempts\":2", "\"exact\":true");
    assertThat(calm.code()).as(calm.err()).isZero();
    assertThat(Scripted.digest(resumed)).isEqualTo(Scripted.digest(calm)).hasSize(64);
  }

  @Test
  void what_a_killed_server_left_is_interrupted_at_the_next_until_somebody_goes_on_with_it()
      throws Exception {
    Process killed = start();
    Process next = null;
    try {
      String address = address(killed);
      assertThat(submit(address, "g").statusCode()).isEqualTo(201);
      HttpResponse<String> study =
          post(
              address,
              "/api/v1/studies",
              "{\"spec\":\"grokking-weight-decay\",\"name\":\"s\",\"set\":{\"steps\":100000,"
                  + "\"until\":null,\"expect\":null,\"study.seeds\":[1]}}");
      assertThat(study.statusCode()).as(study.body()).isEqualTo(201);
      untilShown(address, "/api/v1/runs/g", "running");
      untilShown(address, "/api/v1/studies/s", "running");
      // Beyond its beginning: what is interrupted before step 0 is said in other words.
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> get(address, "/api/v1/runs/g").body().matches("(?s).*\"step\":[1-9].*"));
      killed.destroyForcibly().waitFor();
      Files.delete(directory.resolve("out"));

      next = start();
      String again = address(next);

      assertThat(get(again, "/api/v1/runs/g").body()).contains("\"status\":\"interrupted\"");
      assertThat(get(again, "/api/v1/studies/s").body()).contains("\"status\":\"interrupted\"");
      assertThat(console().run("show", "g").out()).startsWith("g: interrupted at step ");
      assertThat(console().run("runs").out()).doesNotContain("running");
      assertThat(console().run("studies").out()).contains("interrupted").doesNotContain("running");
      SaltusProcess resumed =
          SaltusProcess.start(directory.resolve("home"), Map.of(), "resume", "--all");
      untilShown(again, "/api/v1/runs/g", "running");
      untilShown(again, "/api/v1/studies/s", "running");
      assertThat(console().run("resume", "--all").err()).contains("there is nothing to resume");
      assertThat(console().run("studies").out()).contains("running");
      assertThat(console().run("cancel", "g").code()).isZero();
      assertThat(console().run("cancel", "s").code()).isZero();
      Outcome ended = resumed.end();
      assertThat(ended.err()).contains("g is left to process", "s is left to process");
    } finally {
      killed.destroyForcibly().waitFor();
      if (next != null) {
        next.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void a_server_whose_journal_cannot_be_written_says_so_and_ends() throws Exception {
    Process process = start();
    try {
      String address = address(process);
      assertThat(submit(address, "g").statusCode()).isEqualTo(201);
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> get(address, "/api/v1/runs/g/metrics").body().contains("train.loss"));

      // From now on each write that makes a file longer fails, as on a disk that breaks.
      int limited =
          new ProcessBuilder("prlimit", "--pid", Long.toString(process.pid()), "--fsize=1024")
              .start()
              .waitFor();

      assertThat(limited).isZero();
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(read("err")).isTrue();
      assertThat(process.exitValue()).as(read("err")).isEqualTo(1);
      assertThat(read("err"))
          .contains("nothing can be journalled any more, so this server ends")
          .doesNotContain("\tat ");
      assertThat(console().run("show", "g", "--format", "json").out())
          .containsAnyOf("\"status\":\"interrupted\"", "\"status\":\"paused\"");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private Console console() {
    return new Console(directory).variable("SALTUS_HOME", directory.resolve("home").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port 65536 | '65536' is not a whole number, from 0 to 65535: --port.",
        "--port x | 'x' is not a whole number, from 0 to 65535: --port.",
        "--port -1 | '-1' is not a whole number, from 0 to 65535: --port.",
        "--host 0.0.0.0 | others could reach the server without a token: --host 0.0.0.0.",
        "--host :: | others could reach the server without a token: --host ::.",
        "--host no.such.host.invalid | 'no.such.host.invalid' is no address of a machine: --host.",
        "--allowed-host a/b | 'a/b' is no name of a host: --allowed-host.",
        "--data-set x | 'x' is not NAME=DIR: --data-set.",
        "--data-set ../x=/tmp | '../x=/tmp' is not NAME=DIR: --data-set.",
        "--data-set =/tmp | '=/tmp' is not NAME=DIR: --data-set.",
        "--data-set x=/no/such/directory | '/no/such/directory' is no directory: --data-set x.",
        "--data-set x=/tmp --data-set x=/tmp | 'x' stands twice: --data-set.",
        "--token-file none | the file of tokens cannot be read: --token-file",
        "--format xml | 'xml' is none of text, json: --format.",
      })
  void what_is_wrong_is_said_and_makes_no_home(String arguments, String complaint) {
    Outcome outcome = console().run(("serve " + arguments).split(" ", -1));

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("saltus: " + complaint);
    assertThat(outcome.out()).isEmpty();
    assertThat(directory.resolve("home")).doesNotExist();
  }

  @Test
  void a_port_that_is_taken_is_said_with_its_holder() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Outcome outcome = console().run("serve", "--port", Integer.toString(taken.getLocalPort()));

      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err())
          .startsWith(
              "saltus: the port is taken, by process %d (java): --port %d."
                  .formatted(ProcessHandle.current().pid(), taken.getLocalPort()));
      assertThat(directory.resolve("home/control/token")).doesNotExist();
    }
  }

  @Test
  void a_token_is_made_with_its_line_and_kept_nowhere() {
    Outcome made = console().run("token", "new", "--label", "mine", "--format", "json");
    Outcome read = console().run("token", "new", "--read");

    assertThat(made.code()).isZero();
    assertThat(made.out()).contains("\"access\":\"full\"", "\"label\":\"mine\"");
    assertThat(read.out()).contains("token  ", "line   read ");
    assertThat(directory.resolve("home")).doesNotExist();
    assertThat(console().run("token").code()).isEqualTo(2);
    assertThat(console().run("token", "new", "--label", "").code()).isEqualTo(2);
  }
}
