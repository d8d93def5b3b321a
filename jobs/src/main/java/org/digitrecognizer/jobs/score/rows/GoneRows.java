// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.rows;

import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;
import org.apache.parquet.example.data.Group;

/** Which rows go, since others take their place. No record, which Kryo cannot do. */
public final class GoneRows implements Serializable {

  public static final GoneRows NONE = new GoneRows(Set.of(), Set.of());

  private static final long serialVersionUID = 1L;

  private final Set<String> archives;
  private final Set<String> numbers;

  /**
   * @param archives whose rows go
   * @param numbers what they are called: theirs go, too
   */
  public GoneRows(Set<String> archives, Set<String> numbers) {
    // Spark may be set to Kryo, which cannot do what Set.of returns.
    this.archives = new HashSet<>(archives);
    this.numbers = new HashSet<>(numbers);
  }

  public boolean has(Group row) {
    return archives.contains(row.getString(OutputRows.ARCHIVE, 0))
        || (!numbers.isEmpty() && numbers.contains(source(row)));
  }

  private static String source(Group row) {
    return row.getFieldRepetitionCount(NumberRows.SOURCE) == 0
        ? ""
        : row.getString(NumberRows.SOURCE, 0);
  }
}
