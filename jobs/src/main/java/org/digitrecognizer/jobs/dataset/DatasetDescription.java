// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.dataset;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.digitrecognizer.mnist.SourceFile;

/**
 * What {@code _dataset.json} says.
 *
 * @param format {@value #FORMAT}, the version of this layout
 * @param written when, in ISO 8601 and UTC
 * @param writtenBy which version of this software wrote it
 * @param seed of the order of the rows
 * @param partitions how many parts the rows were dealt into; a part is a file a split
 * @param splits the counts of each split by its name
 * @param sources the files it was made from
 * @param files the Parquet files that make up the dataset, relative to its directory; any other is
 *     what a writer that died or is still writing has left
 */
@JsonPropertyOrder({
  "format",
  "written",
  "writtenBy",
  "seed",
  "partitions",
  "splits",
  "sources",
  "files"
})
@JsonIgnoreProperties(ignoreUnknown = true)
public record DatasetDescription(
    int format,
    String written,
    String writtenBy,
    long seed,
    int partitions,
    Map<String, SplitCounts> splits,
    List<SourceFile> sources,
    List<String> files) {

  static final int FORMAT = 1;

  /**
   * Keeps copies.
   *
   * @throws IllegalArgumentException if the format is another
   */
  public DatasetDescription {
    if (format != FORMAT) {
      throw new IllegalArgumentException("Format " + format + " is not known");
    }
    splits = Collections.unmodifiableMap(new TreeMap<>(splits));
    sources = List.copyOf(sources);
    files = List.copyOf(files);
  }

  /** Returns how many digits all splits have together. */
  public long rows() {
    return splits.values().stream().mapToLong(SplitCounts::rows).sum();
  }

  /**
   * Returns a fingerprint of what the dataset holds: the SHA-256, in hexadecimal, of the counts and
   * of the sums of the sources. The order of the rows has no part in it.
   */
  public String fingerprint() {
    StringBuilder text = new StringBuilder();
    splits.forEach(
        (name, counts) ->
            text.append(
                name + ' ' + counts.rows() + counts.classes() + counts.unlabelled() + '\n'));
    sources.stream().map(SourceFile::sha256).sorted().forEach(sum -> text.append(sum).append('\n'));
    return DigestUtils.sha256Hex(text.toString());
  }
}
