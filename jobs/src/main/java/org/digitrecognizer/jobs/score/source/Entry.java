// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.source;

import java.io.Serializable;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.digitrecognizer.digit.Rejection;

/**
 * What a folder holds under one name. No record: it travels between executors and driver, and Spark
 * may be set to Kryo, which cannot do records.
 */
final class Entry implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What Spark takes for hidden: of a file, or of a folder that it is in. */
  private static final Pattern HIDDEN = Pattern.compile("/(\\.|_(?![^/]*=))|\\._COPYING_$");

  /** What there is in a folder. */
  enum Kind {
    FILE,
    FOLDER,
    LINK_TO_FILE,
    LINK_TO_FOLDER,

    /** A folder that could not be listed. */
    UNLISTED;

    boolean isFolder() {
      return this == FOLDER || this == LINK_TO_FOLDER;
    }

    boolean isLink() {
      return this == LINK_TO_FILE || this == LINK_TO_FOLDER;
    }
  }

  private final Kind kind;
  private final String path;
  private final String real;
  private final long modified;
  private final long length;
  private final Rejection.Reason reason;
  private final String detail;

  /**
   * @param kind what it is
   * @param path by which it is known in all rows: {@code file:/folder/name}
   * @param real where it lies once all links are followed, as one key for each file or folder: two
   *     paths with the same key lead to the same one; without a slash at its end. Null where it is
   *     not needed
   * @param modified in milliseconds since 1970; 0 for what has no content of its own
   * @param length in bytes; 0 for what has no content of its own
   * @param reason why it cannot be opened, null where it can; of a folder that can be listed, why
   *     nothing in it can be opened
   * @param detail one line that says more, null where there is no reason
   */
  Entry(
      Kind kind,
      String path,
      String real,
      long modified,
      long length,
      Rejection.Reason reason,
      String detail) {
    this.kind = kind;
    this.path = path;
    this.real = real;
    this.modified = modified;
    this.length = length;
    this.reason = reason;
    this.detail = detail;
  }

  Kind kind() {
    return kind;
  }

  String path() {
    return path;
  }

  String real() {
    return real;
  }

  long modified() {
    return modified;
  }

  long length() {
    return length;
  }

  Rejection.Reason reason() {
    return reason;
  }

  String detail() {
    return detail;
  }

  static Entry folder(Kind kind, String path, String real, long modified) {
    return new Entry(kind, path, real, modified, 0, null, null);
  }

  /**
   * Whether a name is passed over, or one on the way to it.
   *
   * @param path begins with a slash
   */
  static boolean isHidden(String path) {
    return HIDDEN.matcher(path).find();
  }

  /** Returns the path of a name in this folder. */
  String pathOf(String name) {
    return path.endsWith("/") ? path + name : path + "/" + name;
  }

  /** Returns the same with a reason why it cannot be opened, unless it has one. */
  Entry because(Rejection.Reason why, String more) {
    return reason == null ? new Entry(kind, path, real, modified, length, why, more) : this;
  }

  /** Returns this folder as one that could not be listed. */
  Entry unlisted(String why) {
    return new Entry(Kind.UNLISTED, path, real, modified, 0, Rejection.Reason.READ_ERROR, why);
  }

  /** Returns what is kept of a file. */
  Entry withoutReal() {
    return new Entry(kind, path, null, modified, length, reason, detail);
  }

  /** Returns the columns of {@link SourceFiles}. */
  Row row() {
    return RowFactory.create(path, modified, length, reason == null ? null : reason.name(), detail);
  }
}
