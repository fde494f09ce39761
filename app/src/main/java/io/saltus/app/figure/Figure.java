package io.saltus.app.figure;

/**
 * A picture as an SVG element of its own.
 *
 * @param title what it shows, for those who don't see it
 * @param content its elements
 */
record Figure(String title, int width, int height, String content) {

  /** The element, as tall as it is drawn where the page is wide enough. */
  String inPage() {
    return new Markup()
        .format("<svg role=\"img\" viewBox=\"0 0 %d %d\" width=\"%d\">", width, height, width)
        .element("<title>", title, "</title>")
        .raw(content)
        .raw("</svg>\n")
        .toString();
  }

  /** The element at a place in another picture. */
  String at(int x, int y) {
    return new Markup()
        .format("<svg x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\">", x, y, width, height)
        .element("<title>", title, "</title>")
        .raw(content)
        .raw("</svg>\n")
        .toString();
  }
}
