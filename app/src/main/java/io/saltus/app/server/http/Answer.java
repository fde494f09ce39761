package io.saltus.app.server.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * What is answered to a request.
 *
 * @param status the status code
 * @param headers in order
 * @param type the content type; empty where there is no content
 * @param content the content
 */
public record Answer(int status, List<Header> headers, String type, Content content) {

  /** JSON in UTF-8. */
  public static final String JSON = "application/json";

  /** A header of an answer. */
  public record Header(String name, String value) {}

  /** What an answer holds. */
  public sealed interface Content {}

  /** All of it. */
  public record Whole(byte[] bytes) implements Content {}

  /** Bytes that come as they come. */
  public record Flowing(Source<ByteString, NotUsed> source) implements Content {}

  /** Copies the headers. */
  public Answer {
    headers = List.copyOf(headers);
  }

  /** An object of JSON. */
  public static Answer json(String line) {
    return json(200, line);
  }

  /** An object of JSON with a status. */
  public static Answer json(int status, String line) {
    return of(status, JSON, line);
  }

  /** A text with a status. */
  public static Answer of(int status, String type, String text) {
    return new Answer(status, List.of(), type, new Whole(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Nothing but a status. */
  public static Answer empty(int status) {
    return new Answer(status, List.of(), "", new Whole(new byte[0]));
  }

  /** With a further header. */
  public Answer with(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new Answer(status, more, type, content);
  }

  /** Without a header. */
  public Answer without(String name) {
    List<Header> fewer =
        headers.stream().filter(each -> !each.name().equalsIgnoreCase(name)).toList();
    return new Answer(status, fewer, type, content);
  }

  /** With other content. */
  public Answer with(Content other) {
    return new Answer(status, headers, type, other);
  }

  /** The value of a header; empty where it has none. */
  public String header(String name) {
    return headers.stream()
        .filter(each -> each.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst()
        .orElse("");
  }
}
