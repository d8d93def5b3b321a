// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.ingest;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.mnist.LabelledDigits;
import org.digitrecognizer.mnist.MnistSplit;
import scala.Tuple2;

/**
 * A part of a split that one task reads.
 *
 * @param split the whole
 * @param from the first digit, from 0
 * @param to after the last digit
 */
record DigitRange(MnistSplit split, long from, long to) implements Serializable {

  /** Cuts a split into at most so many ranges of about the same length. */
  static List<DigitRange> of(MnistSplit split, long count, int ranges) {
    List<DigitRange> list = new ArrayList<>();
    for (int i = 0; i < ranges; i++) {
      long from = count * i / ranges;
      long to = count * (i + 1) / ranges;
      if (from < to) {
        list.add(new DigitRange(split, from, to));
      }
    }
    return list;
  }

  /** Reads the digits as rows of the dataset, each with its key; only for use in a task. */
  Iterator<Tuple2<ShuffleKey, Row>> rows(long seed, Configuration conf) throws IOException {
    LabelledDigits digits = split.read(from, to, conf);
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> close(digits));
    return new Iterator<>() {
      private long id = from;

      @Override
      public boolean hasNext() {
        return digits.hasNext();
      }

      @Override
      public Tuple2<ShuffleKey, Row> next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        LabelledDigit digit = digits.next();
        Row row = RowFactory.create(id, digit.label(), digit.image().pixels(), split.name());
        return new Tuple2<>(ShuffleKey.of(seed, split.name(), id++), row);
      }
    };
  }

  private static void close(LabelledDigits digits) {
    try {
      digits.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
