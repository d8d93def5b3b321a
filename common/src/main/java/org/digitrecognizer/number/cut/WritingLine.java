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

  /**
   * A printed line covers so much of the image's width, and is thinner than so much of its height.
   */
  private static final double RULED = 0.6;

  private static final double THIN = 0.12;

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

  /** Wipes lines across the image, but where a stroke crosses them. */
  static void eraseRuledLines(InkLayer layer) {
    int start = -1;
    for (int y = 0; y <= layer.height(); y++) {
      boolean dense = y < layer.height() && covered(layer, y) >= RULED * layer.width();
      if (dense && start < 0) {
        start = y;
      } else if (!dense && start >= 0) {
        if (y - start <= Math.max(2, THIN * layer.height())) {
          eraseBand(layer, start, y);
        }
        start = -1;
      }
    }
  }

  private static int covered(InkLayer layer, int y) {
    int covered = 0;
    for (int x = 0; x < layer.width(); x++) {
      covered += layer.isInk(x, y) ? 1 : 0;
    }
    return covered;
  }

  private static void eraseBand(InkLayer layer, int from, int to) {
    int most = to - from + 4;
    for (int x = 0; x < layer.width(); x++) {
      int top = from;
      while (top > 0 && from - top < most && layer.isInk(x, top - 1)) {
        top--;
      }
      int end = to;
      while (end < layer.height() && end - to < most && layer.isInk(x, end)) {
        end++;
      }
      if (end - top <= most) {
        for (int y = Math.max(0, top - 1); y < Math.min(layer.height(), end + 1); y++) {
          layer.ink()[y * layer.width() + x] = 0;
        }
      }
    }
  }
}
