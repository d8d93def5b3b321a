// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.source;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Names of local files. To the system a name is bytes; Hadoop opens files by characters, which the
 * locale of the process makes of them. Where that loses something the file cannot be opened.
 */
final class LocalNames {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]+");

  private LocalNames() {}

  /** Whether characters lead to the last name of a path. */
  static boolean canBeOpened(Path path) {
    Path name = path.getFileName();
    String characters = name.toString();
    if (PLAIN.matcher(characters).matches()) {
      return true;
    }
    try {
      return Path.of(characters).equals(name);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * Says why a file cannot be opened, and what to do.
   *
   * @param path whose last name characters do not lead to
   */
  static String whyNot(Path path) {
    String charset = System.getProperty("sun.jnu.encoding");
    boolean utf8 = new String(bytes(key(path)), StandardCharsets.UTF_8).indexOf('\uFFFD') < 0;
    return "A name in its path is not in the character set of this process ("
        + charset
        + "), so that it cannot be opened; "
        + (utf8 ? "run under a UTF-8 locale (LC_ALL=C.UTF-8)" : "rename it");
  }

  /**
   * Returns a key for a file: the bytes of its path, those that are no plain ASCII as {@code %FC}.
   */
  static String key(Path path) {
    String raw = path.toUri().getRawPath();
    return raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
  }

  /** Returns the key of what lies in a folder. */
  static String key(String folder, Path child) {
    String name = child.getFileName().toString();
    return PLAIN.matcher(name).matches() ? folder + "/" + name : key(child);
  }

  /** Returns the file of a key. */
  static Path path(String key) {
    return Path.of(URI.create("file://" + key + "/"));
  }

  /**
   * Returns how a name that cannot be opened is shown: as UTF-8, with each byte that is none as
   * {@code \xFC} and each backslash twice. Where another file of the folder has that very name, a
   * number after a backslash tells them apart.
   */
  static String shown(Path path) {
    String name = shown(bytes(key(path)));
    int mark = Math.max(0, name.indexOf("\\x"));
    String unique = name;
    for (int i = 1; isTaken(path, unique); i++) {
      unique = name.substring(0, mark) + "\\" + i + name.substring(mark);
    }
    return unique;
  }

  /** Whether another file has the name by which this one is to be shown. */
  private static boolean isTaken(Path path, String name) {
    try {
      Path other = path.resolveSibling(name);
      return !other.equals(path) && Files.exists(other, LinkOption.NOFOLLOW_LINKS);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Returns the bytes of the last name of a key. */
  private static byte[] bytes(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) == '%') {
        bytes.write(HexFormat.fromHexDigits(name, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(name.charAt(i));
      }
    }
    return bytes.toByteArray();
  }

  static String shown(byte[] name) {
    CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.wrap(name);
    StringBuilder shown = new StringBuilder();
    CoderResult result;
    do {
      CharBuffer good = CharBuffer.allocate(name.length);
      result = utf8.decode(bytes, good, true);
      shown.append(good.flip().toString().replace("\\", "\\\\"));
      for (int i = 0; result.isError() && i < result.length(); i++) {
        shown.append(String.format("\\x%02X", bytes.get()));
      }
      utf8.reset();
    } while (result.isError());
    return shown.toString();
  }
}
