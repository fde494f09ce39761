package io.saltus.app.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A reader of server-sent events, as a browser would be one. */
final class EventStream implements AutoCloseable {

  private final List<Message> messages = new CopyOnWriteArrayList<>();
  private final InputStream body;
  private final Thread thread;
  private volatile boolean ended;

  /**
   * What came.
   *
   * @param id empty where the message had none
   */
  record Message(String id, String event, String data) {}

  private EventStream(InputStream body) {
    this.body = body;
    thread = new Thread(this::read, "event-stream");
    thread.setDaemon(true);
  }

  static EventStream open(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      throw new AssertionError("status " + response.statusCode());
    }
    EventStream stream = new EventStream(response.body());
    stream.thread.start();
    return stream;
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      String id = "";
      String event = "";
      StringBuilder data = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          if (data.length() > 0) {
            messages.add(new Message(id, event, data.toString()));
          }
          id = "";
          event = "";
          data.setLength(0);
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data.append(line.substring(6));
        }
      }
    } catch (IOException closed) {
      // Somebody closed it, or the server went.
    } finally {
      ended = true;
    }
  }

  List<Message> messages() {
    return List.copyOf(messages);
  }

  List<Message> of(String event) {
    return messages.stream().filter(message -> message.event().equals(event)).toList();
  }

  boolean hasEnded() {
    return ended;
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException alreadyGone) {
      // That is what is wanted.
    }
  }
}
