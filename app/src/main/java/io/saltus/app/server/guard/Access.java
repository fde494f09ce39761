package io.saltus.app.server.guard;

/** What a route lets people do, and a token allows: each allows what stands before it, too. */
public enum Access {
  /** Look at what is no secret: the dashboard's files, whether the server lives. */
  OPEN,
  /** Look at runs. */
  READ,
  /** Change runs. */
  FULL;

  /** The word for it in a file of tokens. */
  public String word() {
    return this == FULL ? "full" : "read";
  }

  boolean allows(Access wanted) {
    return compareTo(wanted) >= 0;
  }
}
