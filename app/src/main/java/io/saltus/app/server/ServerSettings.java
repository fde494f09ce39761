package io.saltus.app.server;

import io.saltus.app.problem.Refusal;
import io.saltus.app.server.guard.Token;
import io.saltus.app.server.guard.TokenFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a server listens, and whom it knows.
 *
 * @param address where
 * @param hosts names it answers to beside those of this machine, in small letters
 * @param tokens of a file; empty: one of its own, and looking on needs none
 * @param dataSets directories by the names that specs may call them by
 * @param mostValues how many values of series an answer may have, at least 1
 */
public record ServerSettings(
    InetSocketAddress address,
    Set<String> hosts,
    Optional<List<Token>> tokens,
    SortedMap<String, Path> dataSets,
    long mostValues) {

  /**
   * Of the heap for each value of an answer: with its text, and twice, because two threads answer,
   * it is to take less than a half.
   */
  private static final long BYTES_A_VALUE = 512;

  /** The port that is meant where none is said. */
  public static final int PORT = 7438;

  private static final Set<String> OWN = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Copies the names. */
  public ServerSettings {
    hosts = Set.copyOf(hosts);
    dataSets = Collections.unmodifiableSortedMap(new TreeMap<>(dataSets));
  }

  /**
   * Checks what a person wants.
   *
   * @param host a name or an address of this machine
   * @param port 0: any that is free
   * @param allowed further names of this machine
   * @param tokenFile tokens that are known
   * @throws Refusal when the host is none, or others could reach the server without a token
   */
  public static ServerSettings of(
      String host, int port, List<String> allowed, Optional<Path> tokenFile) {
    InetAddress address;
    try {
      if (host.isBlank()) {
        throw new UnknownHostException(host);
      }
      address = InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw Refusal.wrong(
          "'" + host + "' is no address of a machine", "--host", "Give 127.0.0.1 or an address.");
    }
    if (!address.isLoopbackAddress() && tokenFile.isEmpty()) {
      throw Refusal.wrong(
          "others could reach the server without a token",
          "--host " + host,
          "Give --token-file FILE with lines of 'saltus token new', or tunnel to 127.0.0.1.");
    }
    Set<String> hosts = new HashSet<>();
    for (String name : allowed) {
      if (!name.matches("[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]+]")) {
        throw Refusal.wrong(
            "'" + name + "' is no name of a host",
            "--allowed-host",
            "Give a name, without a port.");
      }
      hosts.add(name.toLowerCase(Locale.ROOT));
    }
    if (!address.isAnyLocalAddress()) {
      hosts.add(literal(host));
      hosts.add(literal(address.getHostAddress()));
    }
    return new ServerSettings(
        new InetSocketAddress(address, port),
        hosts,
        tokenFile.map(TokenFile::read),
        new TreeMap<>(),
        Runtime.getRuntime().maxMemory() / BYTES_A_VALUE);
  }

  /** The same with directories of data. */
  public ServerSettings with(SortedMap<String, Path> named) {
    return new ServerSettings(address, hosts, tokens, named, mostValues);
  }

  /** The same with another limit of answers. */
  public ServerSettings withMostValues(long most) {
    return new ServerSettings(address, hosts, tokens, dataSets, most);
  }

  /** A host as it stands in an address. */
  private static String literal(String host) {
    String plain = host.replaceFirst("%.*", "").toLowerCase(Locale.ROOT);
    return plain.indexOf(':') >= 0 && !plain.startsWith("[") ? "[" + plain + "]" : plain;
  }

  /** Whether other machines can reach it. */
  public boolean isExposed() {
    return !address.getAddress().isLoopbackAddress();
  }

  /** All names that it answers to. */
  Set<String> allHosts() {
    Set<String> all = new HashSet<>(OWN);
    all.addAll(hosts);
    return all;
  }

  /** Its address for a browser on this machine. */
  String url(int port) {
    InetAddress own = address.getAddress();
    String host = own.isAnyLocalAddress() ? "127.0.0.1" : literal(own.getHostAddress());
    return "http://" + host + ":" + port + "/";
  }
}
