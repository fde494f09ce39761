package io.saltus.bench.eyes.wire;

import java.net.InetSocketAddress;

/**
 * A question.
 *
 * @param method GET or HEAD
 * @param path with its parameters
 * @param accept the form that is wanted
 * @param gzip whether compressed answers are taken, as browsers do
 */
public record Ask(String method, String path, String accept, boolean gzip) {

  private static final String JSON = "application/json";

  /** One that takes JSON, uncompressed, as scripts do. */
  public static Ask get(String path) {
    return new Ask("GET", path, JSON, false);
  }

  /** For the headers alone. */
  public static Ask head(String path) {
    return new Ask("HEAD", path, JSON, false);
  }

  /** The same by a browser. */
  public Ask zipped() {
    return new Ask(method, path, accept, true);
  }

  /** The same in another form. */
  public Ask as(String type) {
    return new Ask(method, path, type, gzip);
  }

  boolean isHead() {
    return method.equals("HEAD");
  }

  String text(InetSocketAddress address) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: 127.0.0.1:"
        + address.getPort()
        + "\r\nAccept: "
        + accept
        + (gzip ? "\r\nAccept-Encoding: gzip" : "")
        + "\r\n\r\n";
  }
}
