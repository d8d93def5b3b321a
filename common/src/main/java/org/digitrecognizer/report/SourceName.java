// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

/**
 * Where something is from, as a page shows it: names of archives and entries are long, and it is
 * their ends that tell them apart.
 *
 * @param full the whole name
 * @param shown as much of it as there is room for
 */
public record SourceName(String full, String shown) {

  private static final String IN_ARCHIVE = "!/";
  private static final String LEFT_OUT = "…";

  /** Returns the last part of the path only, for where there is hardly any room. */
  static SourceName last(String full, int most) {
    String name = full.substring(full.lastIndexOf('/') + 1);
    int length = name.codePointCount(0, name.length());
    return new SourceName(full, length <= most ? name : LEFT_OUT + lastOf(name, length, most - 1));
  }

  /** Returns the archive's name and what follows it, or a plain file's with its folder. */
  static SourceName inFolder(String full, int most) {
    int entry = full.indexOf(IN_ARCHIVE);
    int slash = full.lastIndexOf('/', entry < 0 ? full.length() : entry);
    int from = entry < 0 ? full.lastIndexOf('/', slash - 1) : slash;
    String name = from < 1 ? full : LEFT_OUT + full.substring(from);
    int length = name.codePointCount(0, name.length());
    if (length <= most) {
      return new SourceName(full, name);
    }
    String head = name.substring(0, name.offsetByCodePoints(0, most / 3));
    return new SourceName(full, head + LEFT_OUT + lastOf(name, length, most - 1 - most / 3));
  }

  /** Counts in code points, so that no character is cut in two. */
  private static String lastOf(String name, int length, int count) {
    return name.substring(name.offsetByCodePoints(0, length - count));
  }
}
