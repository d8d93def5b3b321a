// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.io.IOException;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder that the files of a run lie below. Patterns of names are looked for in what follows
 * {@code !/} of an entry in an archive, and in the path below this folder of a loose file.
 *
 * @param folder as sources spell it, with a slash at its end
 */
public record SourceRoot(String folder) implements Serializable {

  /** What makes a glob of a path. */
  private static final Pattern WILDCARD = Pattern.compile("[*?\\[{\\\\]");

  /**
   * Finds the folder.
   *
   * @param archives a directory: itself; a file: the folder that holds it; a glob: the last folder
   *     before its first wildcard
   * @throws IOException if the file system fails
   */
  public static SourceRoot of(String archives, Configuration configuration) throws IOException {
    Path path = new Path(archives);
    FileSystem files = path.getFileSystem(configuration);
    if (files.exists(path)) {
      Path whole = files.makeQualified(path);
      boolean isFile = files.getFileStatus(path).isFile() && whole.getParent() != null;
      return of(isFile ? whole.getParent() : whole);
    }
    Matcher wildcard = WILDCARD.matcher(archives);
    int slash = archives.lastIndexOf('/', wildcard.find() ? wildcard.start() : archives.length());
    Path fixed = new Path(slash < 0 ? "." : archives.substring(0, slash + 1));
    return of(files.makeQualified(fixed));
  }

  private static SourceRoot of(Path folder) {
    String address = folder.toString();
    return new SourceRoot(address.endsWith("/") ? address : address + "/");
  }

  /**
   * Returns the name of an image in which patterns are looked for.
   *
   * @param source as {@link Place#source}
   * @param entry as {@link Place#entry}
   */
  public String nameOf(String source, String entry) {
    if (!source.startsWith(folder)) {
      return entry;
    }
    int page = source.endsWith("/" + entry) ? source.length() : source.lastIndexOf('#');
    String below = source.substring(folder.length(), Math.max(page, folder.length()));
    return below.endsWith("!/" + entry) || !("/" + below).endsWith("/" + entry) ? entry : below;
  }
}
