// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.io.Serializable;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.archive.ArchiveEntry;
import org.digitrecognizer.archive.ArchiveFormat;

/**
 * Where an image was found.
 *
 * @param archive the file, any Hadoop URI
 * @param ordinal place of the entry in the archive, from 0
 * @param entry its name; of a plain file its own; null for the archive itself
 * @param plain whether the file is no archive
 * @param page from 0
 * @param pages how many the entry has, at least 1
 */
public record Place(String archive, long ordinal, String entry, boolean plain, int page, int pages)
    implements Serializable {

  static Place of(PlannedRange range, ArchiveEntry entry) {
    boolean plain = range.range().format() == ArchiveFormat.PLAIN;
    String name = plain ? new Path(range.path()).getName() : entry.name();
    boolean archiveItself = !plain && isArchiveItself(entry);
    return new Place(range.path(), entry.ordinal(), archiveItself ? null : name, plain, 0, 1);
  }

  /** Whether it is a rejection of the archive: an entry that is read may have no name, too. */
  static boolean isArchiveItself(ArchiveEntry entry) {
    return entry.rejection().isPresent() && entry.name().isEmpty();
  }

  /** The file itself, where nothing in it can be named. */
  static Place ofFile(PlannedRange range, long ordinal) {
    return new Place(range.path(), ordinal, null, false, 0, 1);
  }

  Place page(int index, int count) {
    return new Place(archive, ordinal, entry, plain, index, count);
  }

  /** Returns which copy of a form it is where an image is a number: the entry, and its page. */
  String sheet() {
    return pages > 1 ? entry + "#" + page : entry;
  }

  /** Returns all of it in one string: {@code hdfs://…/night.zip!/form7/0042.tif#2}. */
  public String source() {
    String file = plain || entry == null ? archive : archive + "!/" + entry;
    return pages > 1 ? file + "#" + page : file;
  }
}
