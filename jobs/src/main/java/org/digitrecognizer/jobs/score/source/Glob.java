// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.GlobExpander;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.GlobPattern;
import org.apache.hadoop.fs.Path;

/**
 * What a pattern of Hadoop's kind finds. Hadoop's own search makes a path of each name beside the
 * one that it looks for, and fails at the first that has a colon.
 */
final class Glob {

  private final Folders folders;

  Glob(Folders folders) {
    this.folders = folders;
  }

  /**
   * Returns the matches, each once, by path.
   *
   * @param pattern a path with a scheme
   */
  List<Entry> matches(Path pattern) throws IOException {
    String path = pattern.toUri().getPath();
    String place = new Path(pattern, "/").toString();
    Map<String, Entry> matches = new TreeMap<>();
    for (String alternative : GlobExpander.expand(path)) {
      for (Entry match : matches(place, alternative.split("/"))) {
        matches.put(match.path(), match);
      }
    }
    return List.copyOf(matches.values());
  }

  /** Folders before the first pattern are not asked for: one need not be allowed to see them. */
  private List<Entry> matches(String place, String[] names) throws IOException {
    StringBuilder fixed = new StringBuilder();
    int first = 0;
    while (first < names.length && !isPattern(names[first])) {
      if (!names[first].isEmpty()) {
        fixed.append(fixed.isEmpty() ? "" : "/").append(literal(names[first]));
      }
      first++;
    }
    List<Entry> found = folders.find(place + fixed).stream().toList();
    for (int i = first; i < names.length; i++) {
      List<Entry> next = new ArrayList<>();
      for (Entry folder : found) {
        if (folder.kind().isFolder()) {
          next.addAll(in(folder, names[i]));
        }
      }
      found = next;
    }
    return found;
  }

  private List<Entry> in(Entry folder, String name) throws IOException {
    if (!isPattern(name)) {
      return folders.find(folder, literal(name)).stream().toList();
    }
    List<Entry> found = new ArrayList<>();
    try (Folders.Names names = folders.list(folder, new GlobPattern(name)::matches)) {
      for (Entry next = names.next(); next != null; next = names.next()) {
        found.add(next);
      }
    } catch (IOException e) {
      if (!Folders.isGone(e)) {
        throw e;
      }
    }
    return found;
  }

  private static boolean isPattern(String name) throws IOException {
    return new GlobFilter(name).hasPattern();
  }

  private static String literal(String name) {
    return name.replaceAll("\\\\(.)", "$1");
  }
}
