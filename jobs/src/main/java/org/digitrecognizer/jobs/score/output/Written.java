// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.output;

import java.io.Serializable;
import org.digitrecognizer.storage.StoredFile;

/**
 * What came of writing a file of rows, on its way from an executor. No record: Spark may be set to
 * Kryo, which cannot do records.
 */
public final class Written implements Serializable {

  /** No row, and no file. */
  public static final Written NOTHING = new Written(null, 0, 0, 0, 0);

  private static final long serialVersionUID = 1L;

  private final String name;
  private final long length;
  private final long crc32c;
  private final long rows;
  private final long unread;

  private Written(String name, long length, long crc32c, long rows, long unread) {
    this.name = name;
    this.length = length;
    this.crc32c = crc32c;
    this.rows = rows;
    this.unread = unread;
  }

  static Written of(StoredFile file, long rows, long unread) {
    return new Written(file.name(), file.length(), file.crc32c(), rows, unread);
  }

  /** Returns it as a commit record has it; null if no row was written. */
  public CommitRecord.Part part() {
    return name == null ? null : new CommitRecord.Part(new StoredFile(name, length, crc32c), rows);
  }

  /** Returns how many rejects there are that another attempt may read. */
  public long unread() {
    return unread;
  }
}
