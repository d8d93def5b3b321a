// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.io;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Names of entries. Whatever the bytes, there is a name: never an exception. */
public final class EntryNames {

  /** Zip's encoding of old; a JDK without its extra charsets shows such names in Latin-1. */
  private static final Charset CP437 =
      Charset.isSupported("IBM437") ? Charset.forName("IBM437") : StandardCharsets.ISO_8859_1;

  private EntryNames() {}

  /**
   * Decodes a zip's name: UTF-8 if the zip says so. Many tools write UTF-8 and do not say so, and
   * hardly any other name is valid UTF-8 by chance; what is not is in code page 437.
   */
  public static String ofZip(byte[] bytes, boolean utf8) {
    if (isAscii(bytes)) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
    return utf8 ? new String(bytes, StandardCharsets.UTF_8) : utf8Or(bytes, CP437);
  }

  /** Decodes a tar's name, whose encoding is not written anywhere: UTF-8 if it can be. */
  public static String ofTar(byte[] bytes) {
    return utf8Or(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String utf8Or(byte[] bytes, Charset other) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, other);
    }
  }

  public static boolean isDirectory(String name) {
    return name.endsWith("/") || name.endsWith("\\");
  }

  /** Whether the last component starts with a dot or an underscore, as Spark hides files too. */
  public static boolean isHidden(String name) {
    int start = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1;
    return start < name.length() && (name.charAt(start) == '.' || name.charAt(start) == '_');
  }

  private static boolean isAscii(byte[] bytes) {
    int all = 0;
    for (byte b : bytes) {
      all |= b;
    }
    return all >= 0;
  }
}
