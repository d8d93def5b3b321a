package org.digitrecognizer.reading.labels;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.OptionalInt;
import org.digitrecognizer.reading.Truth;

/**
 * True digits by source or by entry, in a few bytes each: a million labels travel to every
 * executor. Names are kept as 128 bits of their SHA-256; two that share these are not to be feared.
 */
public final class LabelTable implements Truth {

  private static final long serialVersionUID = 1L;

  private final boolean bySource;
  private final long[] high;
  private final long[] low;
  private final byte[] labels;

  /**
   * @param bySource whether the names are sources, else they are entries
   * @param high first half of each name's hash, ascending
   * @param low second half, ascending where the first is the same
   * @param labels the digit of each
   */
  LabelTable(boolean bySource, long[] high, long[] low, byte[] labels) {
    this.bySource = bySource;
    this.high = high;
    this.low = low;
    this.labels = labels;
  }

  @Override
  public OptionalInt of(String source, String entry) {
    int index = indexOf(bySource ? source : entry);
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(labels[index]);
  }

  /** Returns the column of the output that the names are of. */
  public String column() {
    return bySource ? "source" : "entry";
  }

  public int size() {
    return labels.length;
  }

  /** Returns the place of a name in the table; negative if it is not there. */
  public int indexOf(String name) {
    long[] hash = hash(name);
    int from = 0;
    int to = labels.length - 1;
    while (from <= to) {
      int middle = (from + to) >>> 1;
      int order = compare(high[middle], low[middle], hash[0], hash[1]);
      if (order == 0) {
        return middle;
      } else if (order < 0) {
        from = middle + 1;
      } else {
        to = middle - 1;
      }
    }
    return -1;
  }

  static int compare(long highA, long lowA, long highB, long lowB) {
    int byHigh = Long.compare(highA, highB);
    return byHigh != 0 ? byHigh : Long.compare(lowA, lowB);
  }

  /** Returns 128 bits that stand for a name, however its accents are composed. */
  static long[] hash(String name) {
    try {
      byte[] composed =
          Normalizer.normalize(name, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(composed);
      ByteBuffer bytes = ByteBuffer.wrap(digest);
      return new long[] {bytes.getLong(), bytes.getLong()};
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
