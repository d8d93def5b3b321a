// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.review;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What is the same on all pages of the desk. The policy in each lets in this one style sheet, this
 * one script and pictures that the page itself holds, and nothing else.
 */
final class DeskFrame {

  static final String PAGE_BODY = resource("page.html");
  static final String INDEX_BODY = resource("index.html");

  private static final String STYLE = resource("desk.css");
  private static final String SCRIPT = resource("desk.js");

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
      style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>%s</title>
      <style>%s</style>
      </head>
      <body data-output="%s" data-page="%d" data-numbers="%s" data-double-key="%s" data-written="%s">
      <header>
      <h1>%s</h1>
      """;

  private DeskFrame() {}

  /** Writes all up to the heading; nothing in it comes from names of files. */
  static void begin(Writer page, String title, Desk.About about, int number) throws IOException {
    page.write(
        HEAD.formatted(
            sha256(STYLE),
            sha256(SCRIPT),
            title,
            STYLE,
            about.output(),
            number,
            about.numbers(),
            about.doubleKey(),
            about.written(),
            title));
  }

  /** Writes all that follows the content. */
  static void end(Writer page) throws IOException {
    page.write("<script>" + SCRIPT + "</script>\n</body>\n</html>\n");
  }

  private static String resource(String name) {
    try (InputStream input = DeskFrame.class.getResourceAsStream(name)) {
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("The jar lacks " + name, e);
    }
  }

  private static String sha256(String text) {
    return "sha256-" + Base64.getEncoder().encodeToString(DigestUtils.sha256(text));
  }
}
