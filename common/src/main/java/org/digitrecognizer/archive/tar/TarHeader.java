// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.tar;

import org.digitrecognizer.archive.io.EntryNames;

/**
 * What stands before an entry of a tar.
 *
 * @param name the name decoded
 * @param type the type flag
 * @param size bytes of content that follow, without the padding
 * @param start where the entry's first header starts (an extended one, if it has one), in bytes of
 *     the unpacked tar
 * @param sparse whether the content is a file with its holes left out
 */
record TarHeader(String name, char type, long size, long start, boolean sparse) {

  /** Whether it is yielded or rejected: all but directories, volume labels and hidden files. */
  boolean isFile() {
    boolean label = type == 'V' || type == 'D' || type == '5';
    return !label && !EntryNames.isDirectory(name) && !EntryNames.isHidden(name);
  }

  /** Whether the content is the bytes of a file. */
  boolean isRegular() {
    return !sparse && (type == '0' || type == 0 || type == '7');
  }

  /** What it is instead of a regular file. */
  String kind() {
    if (sparse) {
      return "a sparse file, not a file with all its bytes";
    }
    return switch (type) {
      case '1' -> "a hard link, not a file";
      case '2' -> "a symbolic link, not a file";
      case '3', '4' -> "a device, not a file";
      case '6' -> "a pipe, not a file";
      default -> "an entry of unknown type 0x" + Integer.toHexString(type);
    };
  }
}
