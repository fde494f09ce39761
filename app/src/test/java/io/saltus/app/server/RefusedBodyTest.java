package io.saltus.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client is told that is still sending when its request has been refused. */
@Timeout(120)
class RefusedBodyTest {

  /** Far more than systems keep of what is on its way between two sockets. */
  private static final int LARGE = 12 << 20;

  @TempDir static Path directory;
  private static ServerScene scene;

  @BeforeAll
  static void begin() {
    scene = ServerScene.open(directory.resolve("home"));
  }

  @AfterAll
  static void end() {
    scene.close();
  }

  /** Sends everything before it listens, as simple clients do. */
  private static String sent(String headers, int length) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), scene.port())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
              .getBytes(StandardCharsets.ISO_8859_1));
      byte[] part = new byte[1 << 16];
      for (int left = length; left > 0; left -= part.length) {
        out.write(part, 0, Math.min(left, part.length));
        out.flush();
      }
      return new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
    }
  }

  private static String length(long bytes) {
    return "Content-Length: " + bytes + "\r\n";
  }

  private static String authorised() {
    return "Content-Type: application/json\r\nAuthorization: Bearer " + scene.secret() + "\r\n";
  }

  @Test
  void one_without_a_token_is_told_so_after_its_body() throws IOException {
    assertThat(sent(length(LARGE), LARGE)).isEqualTo("HTTP/1.1 401");
  }

  @Test
  void one_whose_body_is_too_large_is_told_so_after_it() throws IOException {
    assertThat(sent(authorised() + length(LARGE), LARGE)).isEqualTo("HTTP/1.1 413");
  }

  @Test
  void one_that_has_far_too_much_to_send_is_told_before_it_begins() throws IOException {
    assertThat(sent(authorised() + length(999_999_999), 0)).isEqualTo("HTTP/1.1 413");
  }

  @Test
  void one_that_asks_before_sending_is_told_not_to() throws IOException {
    assertThat(sent(length(LARGE) + "Expect: 100-continue\r\n", 0)).isEqualTo("HTTP/1.1 401");
  }
}
