// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number.cut;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.digitrecognizer.scan.InkLayer;

/** The connected parts of an image's ink, eight neighbours a pixel. */
final class Blobs {

  private Blobs() {}

  static List<Blob> of(InkLayer layer) {
    int width = layer.width();
    int height = layer.height();
    boolean[] seen = new boolean[width * height];
    int[] waiting = new int[width * height];
    List<Blob> blobs = new ArrayList<>();
    for (int start = 0; start < seen.length; start++) {
      if (!seen[start] && layer.isInk(start % width, start / width)) {
        seen[start] = true;
        waiting[0] = start;
        int count = 1;
        for (int i = 0; i < count; i++) {
          count = spread(layer, waiting[i], seen, waiting, count);
        }
        blobs.add(new Blob(Arrays.copyOf(waiting, count), width, 1));
      }
    }
    return blobs;
  }

  private static int spread(InkLayer layer, int pixel, boolean[] seen, int[] waiting, int before) {
    int count = before;
    int width = layer.width();
    int x = pixel % width;
    int y = pixel / width;
    for (int toY = Math.max(0, y - 1); toY <= Math.min(layer.height() - 1, y + 1); toY++) {
      for (int toX = Math.max(0, x - 1); toX <= Math.min(width - 1, x + 1); toX++) {
        int to = toY * width + toX;
        if (!seen[to] && layer.isInk(toX, toY)) {
          seen[to] = true;
          waiting[count++] = to;
        }
      }
    }
    return count;
  }
}
