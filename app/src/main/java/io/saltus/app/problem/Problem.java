package io.saltus.app.problem;

/**
 * One thing that is wrong, as it is shown to the user.
 *
 * @param what is wrong, without a full stop
 * @param where file and line, flag or name; may be empty
 * @param advice what to do, as a sentence; may be empty
 */
public record Problem(String what, String where, String advice) {

  /** {@code what: where. advice} */
  public String text() {
    String place = where.isEmpty() ? "" : ": " + where;
    String end = what.endsWith(".") && place.isEmpty() ? "" : ".";
    return what + place + end + (advice.isEmpty() ? "" : " " + advice);
  }
}
