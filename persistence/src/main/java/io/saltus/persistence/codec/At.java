package io.saltus.persistence.codec;

import com.google.protobuf.Message;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A place in a message that is being read, such as {@code MetricsRecorded.frame.columns[2]}. The
 * text is made only when something is wrong there.
 */
record At(@Nullable At parent, String name, int index) {

  private static final int NO_INDEX = -1;

  static At event(String manifest) {
    return new At(null, manifest, NO_INDEX);
  }

  At in(String field) {
    return new At(this, field, NO_INDEX);
  }

  At in(String field, int place) {
    return new At(this, field, place);
  }

  /** Refuses a message with fields that this version does not know. */
  void known(Message message) {
    if (!message.getUnknownFields().asMap().isEmpty()) {
      throw CodecException.newer(
          this
              + " holds the unknown field "
              + message.getUnknownFields().asMap().keySet().iterator().next()
              + "; it was written by a newer Saltus, or is damaged");
    }
  }

  /** Refuses a message in which a field is missing. */
  void has(boolean present, String field) {
    if (!present) {
      throw CodecException.damaged(in(field) + " is missing");
    }
  }

  /** Refuses a value that is not as it must be. */
  void check(boolean fine, String field, String what) {
    if (!fine) {
      throw CodecException.damaged(in(field) + " " + what);
    }
  }

  /** A number that counts something; a negative one was beyond 2^63 in the bytes. */
  long count(long value, String field) {
    return atLeast(0, value, field);
  }

  long atLeast(long least, long value, String field) {
    if (value < least) {
      throw CodecException.damaged(in(field) + " is " + value + ", not at least " + least);
    }
    return value;
  }

  int atLeast(int least, int value, String field) {
    return (int) atLeast((long) least, value, field);
  }

  String text(String value, String field) {
    check(!value.isEmpty(), field, "is empty");
    return value;
  }

  /** Builds a domain value; what its constructor refuses is wrong here. */
  <T> T build(Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw CodecException.damaged(this + ": " + e.getMessage());
    }
  }

  @Override
  public String toString() {
    String own = index == NO_INDEX ? name : name + "[" + index + "]";
    return parent == null ? own : parent + "." + own;
  }
}
