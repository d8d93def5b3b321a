// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading.labels;

import java.nio.ByteBuffer;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.commons.codec.digest.DigestUtils;
import org.digitrecognizer.reading.Truth;

/**
 * True digits by source or by entry, or true numbers by source or by sheet, in a few bytes each: a
 * million labels travel to every executor. Names are kept as 64 bits of their SHA-256: of a million
 * labels and as many images, one pair that is not the same shares them once in ten million runs.
 */
public final class LabelTable implements Truth {

  private static final long serialVersionUID = 4L;

  private final boolean bySource;
  private final boolean byField;
  private final long[] hashes;
  private final String[] labels;

  /**
   * @param bySource whether the names are sources, else they are entries or sheets
   * @param byField whether they are sheets, each with a field: see {@link #keyed}
   * @param hashes of the names, ascending
   * @param labels the digit of each, or its number
   */
  LabelTable(boolean bySource, boolean byField, long[] hashes, String[] labels) {
    this.bySource = bySource;
    this.byField = byField;
    this.hashes = hashes;
    this.labels = labels;
  }

  @Override
  public OptionalInt of(String source, String entry) {
    int index = indexOf(bySource ? source : entry);
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(labels[index]));
  }

  @Override
  public Optional<String> number(String source, String sheet) {
    int index = indexOf(bySource ? source : sheet);
    return index < 0 ? Optional.empty() : Optional.of(labels[index]);
  }

  @Override
  public Optional<String> number(String source, String sheet, String field) {
    return number(source, byField ? keyed(sheet, field) : sheet);
  }

  /** Returns what a number is called that is known by sheet and field. */
  static String keyed(String sheet, String field) {
    return sheet + "#" + field;
  }

  /**
   * Returns the column of the output that the names are of: source, entry or keyed, which is sheet
   * and field with a # between them.
   */
  public String column() {
    String name = byField ? "keyed" : "entry";
    return bySource ? "source" : name;
  }

  public int size() {
    return labels.length;
  }

  /** Returns the place of a name in the table; negative if it is not there. */
  public int indexOf(String name) {
    return Arrays.binarySearch(hashes, hash(name));
  }

  /** Returns 64 bits that stand for a name, however its accents are composed. */
  static long hash(String name) {
    byte[] digest = DigestUtils.sha256(Normalizer.normalize(name, Normalizer.Form.NFC));
    return ByteBuffer.wrap(digest).getLong();
  }
}
