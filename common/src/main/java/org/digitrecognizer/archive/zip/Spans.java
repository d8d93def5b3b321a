// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.zip;

import java.util.Map;
import java.util.TreeMap;

/** Parts of a file that are taken, to find out which entries overlap. */
final class Spans {

  private final TreeMap<Long, Long> ends = new TreeMap<>();

  boolean isFree(long start, long end) {
    Map.Entry<Long, Long> before = ends.lowerEntry(end);
    return before == null || before.getValue() <= start;
  }

  /** Takes a part that is free. */
  void take(long start, long end) {
    ends.put(start, end);
  }
}
