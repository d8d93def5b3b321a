// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.pdf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.cos.COSStream;

/**
 * How many operations it takes to call the functions of a colour once, which a page may do for each
 * pixel (ISO 32000-1, 7.10). Beyond {@link #MOST} there is no need to count on.
 */
final class PdfFunctionCost {

  /** What no honest function takes. */
  static final int MOST = 20_000;

  /** Operands that a calculator's stack holds at least (ISO 32000-1, table C.1). */
  private static final int STACK = 100;

  private static final int DEEPEST = 8;
  private static final int MOST_INPUTS = 12;
  private static final int MOST_SAMPLES = 1 << 22;
  private static final int LONGEST_PROGRAM = 1 << 18;

  /** No colour has more parts. */
  private static final int MOST_PARTS = 1000;

  private int parts;

  private PdfFunctionCost() {}

  /**
   * Returns the operations of one call.
   *
   * @param base a function, an array that holds some, or anything else, which costs nothing
   */
  static long of(COSBase base) throws IOException {
    return Math.min(MOST + 1L, new PdfFunctionCost().of(base, 0));
  }

  private long of(COSBase base, int depth) throws IOException {
    parts++;
    if (depth > DEEPEST || parts > MOST_PARTS) {
      return MOST + 1L;
    } else if (base instanceof COSArray array) {
      return ofAll(array, depth);
    } else if (base instanceof COSDictionary function) {
      return switch (function.getInt(COSName.FUNCTION_TYPE, -1)) {
        case 0 -> sampled(function);
        case 2 -> 1 + size(function.getDictionaryObject(COSName.C0));
        case 3 -> 1 + of(function.getDictionaryObject(COSName.FUNCTIONS), depth + 1);
        case 4 -> function instanceof COSStream stream ? calculator(stream) : 0;
        default -> 0;
      };
    }
    return 0;
  }

  private long ofAll(COSArray array, int depth) throws IOException {
    long cost = 0;
    for (int i = 0; i < array.size() && cost <= MOST; i++) {
      cost += of(array.getObject(i), depth + 1);
    }
    return cost;
  }

  /** Every corner of the cube around a sample is looked at, and all samples are held in memory. */
  private static long sampled(COSDictionary function) {
    int inputs = size(function.getDictionaryObject(COSName.DOMAIN)) / 2;
    int outputs = size(function.getDictionaryObject(COSName.RANGE)) / 2;
    double samples = 1;
    if (function.getDictionaryObject(COSName.SIZE) instanceof COSArray sizes) {
      for (int i = 0; i < sizes.size(); i++) {
        samples *= sizes.getObject(i) instanceof COSNumber size ? size.floatValue() : 1;
      }
    }
    boolean tooMany = inputs > MOST_INPUTS || samples * outputs > MOST_SAMPLES;
    return tooMany ? MOST + 1L : (long) outputs << inputs;
  }

  /** A program has no loops, but may copy its stack again and again. */
  private static long calculator(COSStream stream) throws IOException {
    byte[] program;
    try (InputStream in = stream.createInputStream()) {
      program = in.readNBytes(LONGEST_PROGRAM);
    }
    String[] words =
        new String(program, StandardCharsets.ISO_8859_1).split("[\\s{}\\x00]+", MOST + 2);
    long cost = words.length;
    for (int i = 0; i < words.length; i++) {
      if (words[i].equals("copy")) {
        cost += operand(words, i - 1);
      } else if (words[i].equals("roll")) {
        cost += operand(words, i - 2);
      }
    }
    return cost;
  }

  /** Returns a number of operands of the stack; what is calculated may be any number. */
  private static long operand(String[] words, int at) {
    boolean isNumber = at >= 0 && words[at].matches("[0-9]{1,3}");
    int operand = isNumber ? Integer.parseInt(words[at]) : STACK + 1;
    return operand > STACK ? MOST + 1L : operand;
  }

  private static int size(COSBase base) {
    return base instanceof COSArray array ? array.size() : 1;
  }
}
