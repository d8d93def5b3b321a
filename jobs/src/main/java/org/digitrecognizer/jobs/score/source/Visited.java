// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.digitrecognizer.jobs.score.source.Entry.Kind;

/**
 * The folders that a listing has come to, so that each is listed once however many links lead to
 * it. The order of links is that of their paths, so that the same tree gives the same paths.
 */
final class Visited {

  /** What lies in a folder goes before what is linked from it. */
  private static final Comparator<Entry> ORDER =
      Comparator.comparing(Entry::kind).thenComparing(Entry::path);

  private final Set<String> folders = new HashSet<>();

  /** Keeps a folder from being listed. */
  void exclude(Entry folder) {
    folders.add(folder.real());
  }

  /** Chooses the folders that are to be listed next. */
  List<Entry> next(List<Entry> found) {
    List<Entry> next = new ArrayList<>();
    for (Entry folder :
        found.stream().filter(entry -> entry.kind().isFolder()).sorted(ORDER).toList()) {
      boolean linked = folder.kind() == Kind.LINK_TO_FOLDER;
      if (!(linked && isReached(folder.real())) && folders.add(folder.real())) {
        next.add(folder);
      }
    }
    return next;
  }

  /**
   * Chooses, when all folders have been listed, the files that were found by a link alone.
   *
   * @param found files to which links lead, and those that the user named
   */
  List<Entry> files(List<Entry> found) {
    Set<String> seen = new HashSet<>();
    return found.stream()
        .sorted(ORDER)
        .filter(file -> !isReached(file.real()) && seen.add(file.real()))
        .toList();
  }

  /** Whether the listing comes here without a link, from a folder that it has come to. */
  private boolean isReached(String real) {
    for (int end = real.length(); end >= 0; end = real.lastIndexOf('/', end - 1)) {
      if (folders.contains(real.substring(0, end)) && !Entry.isHidden(real.substring(end))) {
        return true;
      }
    }
    return false;
  }
}
