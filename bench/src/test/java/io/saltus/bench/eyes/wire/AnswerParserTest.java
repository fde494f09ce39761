package io.saltus.bench.eyes.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerParserTest {

  private final Kept kept = new Kept();
  private final AnswerParser parser = new AnswerParser(kept);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000})
  void answers_of_every_kind_are_understood_in_pieces_of_any_size(int piece) {
    parser.expect(false);
    take("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst", piece);
    take("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n", piece);
    take("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", piece);
    take(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nsec\r\n3;x=y\r\nond\r\n0\r\n\r\n",
        piece);
    parser.expect(true);
    take("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", piece);
    parser.expect(false);
    take("HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy", piece);
    assertThat(kept.answers)
        .containsExactly("200 first", "404 ", "304 ", "200 second", "200 ", "503 busy");
  }

  @Test
  void what_is_no_answer_is_refused() {
    parser.expect(false);
    assertThatThrownBy(() -> take("SSH-2.0\r\n", 100)).hasMessageContaining("no answer");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1000})
  void events_are_cut_out_of_bytes_in_pieces_of_any_size(int piece) {
    List<String> told = new ArrayList<>();
    EventCutter cutter =
        new EventCutter(true, (event, id, data) -> told.add(event + " " + id + " " + data));
    byte[] bytes =
        (": beat\n\nid: 0\nevent: hello\ndata: {}\n\nid: 7\nevent: event\ndata: "
                + "x".repeat(200)
                + "\n\nevent: lagging\ndata: {}\n\n")
            .getBytes(StandardCharsets.US_ASCII);
    for (int at = 0; at < bytes.length; at += piece) {
      cutter.take(bytes, at, Math.min(bytes.length, at + piece));
    }
    assertThat(told).containsExactly("hello 0 {}", "event 7 " + "x".repeat(200), "lagging -1 {}");
  }

  private void take(String text, int piece) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    for (int at = 0; at < bytes.length; at += piece) {
      byte[] some = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece));
      parser.take(some, some.length);
    }
  }

  private static final class Kept implements AnswerParser.Sink {
    private final List<String> answers = new ArrayList<>();
    private final StringBuilder answer = new StringBuilder();

    @Override
    public void begins(int status) {
      answer.append(status).append(' ');
    }

    @Override
    public void body(byte[] bytes, int from, int until) {
      answer.append(new String(bytes, from, until - from, StandardCharsets.US_ASCII));
    }

    @Override
    public void ends() {
      answers.add(answer.toString());
      answer.setLength(0);
    }

    @Override
    public boolean isDone() {
      return false;
    }
  }
}
