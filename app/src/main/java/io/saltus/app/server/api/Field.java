package io.saltus.app.server.api;

/**
 * A key of the object in a body, as it is checked and described.
 *
 * @param kind what it is
 * @param required whether it must be there
 */
record Field(String name, Kind kind, boolean required, String description) {

  enum Kind {
    TEXT("string"),
    WHOLE("integer"),
    FLAG("boolean"),
    OBJECT("object"),
    ARRAY("array");

    private final String schema;

    Kind(String schema) {
      this.schema = schema;
    }

    /** What JSON Schema calls it. */
    String schema() {
      return schema;
    }
  }

  static Field text(String name, String description) {
    return new Field(name, Kind.TEXT, false, description);
  }

  static Field whole(String name, String description) {
    return new Field(name, Kind.WHOLE, false, description);
  }

  static Field flag(String name, String description) {
    return new Field(name, Kind.FLAG, false, description);
  }

  static Field object(String name, String description) {
    return new Field(name, Kind.OBJECT, false, description);
  }

  static Field array(String name, String description) {
    return new Field(name, Kind.ARRAY, false, description);
  }

  Field must() {
    return new Field(name, kind, true, description);
  }
}
