// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number.cut;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.digitrecognizer.scan.InkLayer;

/**
 * The line that a number is written on: what of the ink belongs to it, and how tall its digits are.
 *
 * @param blobs its connected parts, from left to right
 * @param height of a digit, in pixels, at least 1
 * @param bottom where digits stand, in rows from the top
 * @param stroke width of the pen's strokes, in pixels, at least 1
 */
record WritingLine(List<Blob> blobs, double height, double bottom, double stroke) {

  /** A part is dust if its longer side is below this share of a digit's height. */
  private static final double DUST = 0.09;

  /** A part at the upper or lower side of the image is another line's up to this height. */
  private static final double ENTERING = 0.4;

  static WritingLine of(InkLayer layer) {
    List<Blob> blobs = Blobs.of(layer);
    if (blobs.isEmpty()) {
      return new WritingLine(List.of(), 1, 1, 1);
    }
    double height = weightedMedian(blobs, Blob::height);
    List<Blob> kept = new ArrayList<>();
    for (Blob blob : blobs) {
      boolean dust = Math.max(blob.width(), blob.height()) < Math.max(2, DUST * height);
      boolean atSide = blob.top == 0 || blob.bottom == layer.height() - 1;
      if (!dust && !(atSide && blob.height() < ENTERING * height)) {
        kept.add(blob);
      }
    }
    kept.sort(Comparator.comparingDouble(Blob::centreX));
    double bottom = kept.isEmpty() ? 1 : weightedMedian(kept, blob -> blob.bottom);
    return new WritingLine(kept, Math.max(1, height), bottom, strokeWidth(layer));
  }

  private interface Measure {
    double of(Blob blob);
  }

  /** Half of the ink lies in parts that measure no more. */
  private static double weightedMedian(List<Blob> blobs, Measure measure) {
    List<Blob> sorted = new ArrayList<>(blobs);
    sorted.sort(Comparator.comparingDouble(measure::of));
    long half = sorted.stream().mapToLong(Blob::area).sum() / 2;
    long sum = 0;
    for (Blob blob : sorted) {
      sum += blob.area();
      if (sum > half) {
        return measure.of(blob);
      }
    }
    return measure.of(sorted.get(sorted.size() - 1));
  }

  /** Twice the area over the outline, of all ink. */
  private static double strokeWidth(InkLayer layer) {
    int area = 0;
    int outline = 0;
    for (int y = 0; y < layer.height(); y++) {
      for (int x = 0; x < layer.width(); x++) {
        if (layer.isInk(x, y)) {
          area++;
          outline += x == 0 || !layer.isInk(x - 1, y) ? 1 : 0;
          outline += x == layer.width() - 1 || !layer.isInk(x + 1, y) ? 1 : 0;
          outline += y == 0 || !layer.isInk(x, y - 1) ? 1 : 0;
          outline += y == layer.height() - 1 || !layer.isInk(x, y + 1) ? 1 : 0;
        }
      }
    }
    return Math.max(1, 2.0 * area / Math.max(1, outline));
  }
}
