// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Sees files appear, or change, since the watch began. */
final class FileWatch {

  private final Path root;
  private final PathMatcher matcher;
  private final Path start;
  private final int depth;
  private final Map<Path, String> before;

  /**
   * Begins to watch.
   *
   * @param root need not be there yet
   * @param glob of the files, from the root on: in the root itself, or below one folder of it
   */
  FileWatch(Path root, String glob) {
    this.root = root;
    this.matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    int slash = glob.indexOf('/');
    this.start = slash < 0 ? root : root.resolve(glob.substring(0, slash));
    this.depth = slash < 0 ? 1 : Integer.MAX_VALUE;
    this.before = files();
  }

  /** Returns how many files are new or other than they were. */
  long changes() {
    return files().entrySet().stream()
        .filter(file -> !file.getValue().equals(before.get(file.getKey())))
        .count();
  }

  private Map<Path, String> files() {
    Map<Path, String> files = new HashMap<>();
    try (Stream<Path> all = Files.walk(start, depth)) {
      all.filter(file -> matcher.matches(root.relativize(file)))
          .forEach(file -> files.put(file, state(file)));
    } catch (NoSuchFileException e) {
      return files;
    } catch (UncheckedIOException e) {
      // A folder went away while we walked; the next look tells more.
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static String state(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return now.lastModifiedTime() + " " + now.size();
    } catch (IOException e) {
      return "gone";
    }
  }
}
