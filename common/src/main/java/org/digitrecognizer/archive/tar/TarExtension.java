// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.tar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.digitrecognizer.archive.io.EntryNames;

/** What extended headers say of the entry after them, of which only name and size matter here. */
final class TarExtension {

  private static final char PAX = 'x';
  private static final char PAX_OF_SUN = 'X';
  private static final char PAX_GLOBAL = 'g';
  private static final char GNU_NAME = 'L';
  private static final char GNU_LINK = 'K';

  private String gnuName;
  private String paxName;
  private long size = -1;
  private boolean sparse;

  static boolean isExtension(char type) {
    return switch (type) {
      case PAX, PAX_OF_SUN, PAX_GLOBAL, GNU_NAME, GNU_LINK -> true;
      default -> false;
    };
  }

  /** Takes in the content of an extended header. */
  void add(char type, byte[] content) {
    if (type == GNU_NAME) {
      int end = indexOf(content, (byte) 0, 0);
      gnuName = EntryNames.ofTar(Arrays.copyOf(content, end));
    } else if (type == PAX || type == PAX_OF_SUN) {
      readRecords(content);
    }
  }

  Optional<String> name() {
    return Optional.ofNullable(paxName == null ? gnuName : paxName);
  }

  OptionalLong size() {
    return size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
  }

  boolean isSparse() {
    return sparse;
  }

  /** Reads {@code length keyword=value\n}, as often as it is there; stops at what is not. */
  private void readRecords(byte[] content) {
    int at = 0;
    while (at < content.length) {
      int space = indexOf(content, (byte) ' ', at);
      long length = parse(text(content, at, space));
      if (length <= space + 1 - at || at + length > content.length) {
        return;
      }
      int end = at + (int) length;
      int equals = indexOf(content, (byte) '=', space);
      if (equals < end) {
        put(text(content, space + 1, equals), text(content, equals + 1, end - 1));
      }
      at = end;
    }
  }

  private void put(String keyword, String value) {
    if (keyword.equals("path")) {
      paxName = value;
    } else if (keyword.equals("size")) {
      size = parse(value);
    } else if (keyword.startsWith("GNU.sparse.")) {
      sparse = true;
      paxName = keyword.equals("GNU.sparse.name") ? value : paxName;
    }
  }

  private static String text(byte[] content, int from, int to) {
    return new String(content, from, Math.max(0, to - from), StandardCharsets.UTF_8);
  }

  private static long parse(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static int indexOf(byte[] content, byte wanted, int from) {
    int at = from;
    while (at < content.length && content[at] != wanted) {
      at++;
    }
    return at;
  }
}
