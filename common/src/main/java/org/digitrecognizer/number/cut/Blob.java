// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number.cut;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Some ink of an image: which pixels it has, and the box around them. */
final class Blob {

  /** Indices of pixels, row by row, in the image. */
  private final int[] pixels;

  private final int imageWidth;
  final int left;
  final int right;
  final int top;
  final int bottom;

  /** How many connected parts it is made of. */
  final int parts;

  /**
   * @param pixels at least one
   */
  Blob(int[] pixels, int imageWidth, int parts) {
    this.pixels = pixels;
    this.imageWidth = imageWidth;
    this.parts = parts;
    int first = Integer.MAX_VALUE;
    int last = -1;
    int highest = Integer.MAX_VALUE;
    int lowest = -1;
    for (int pixel : pixels) {
      int x = pixel % imageWidth;
      int y = pixel / imageWidth;
      first = Math.min(first, x);
      last = Math.max(last, x);
      highest = Math.min(highest, y);
      lowest = Math.max(lowest, y);
    }
    left = first;
    right = last;
    top = highest;
    bottom = lowest;
  }

  /** Returns both together. */
  Blob with(Blob other) {
    int[] all = Arrays.copyOf(pixels, pixels.length + other.pixels.length);
    System.arraycopy(other.pixels, 0, all, pixels.length, other.pixels.length);
    return new Blob(all, imageWidth, parts + other.parts);
  }

  /** Returns the same ink in an image of another width, each row moved. */
  Blob moved(int width, IntUnaryOperator shift) {
    int[] moved = new int[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      int y = pixels[i] / imageWidth;
      moved[i] = y * width + pixels[i] % imageWidth + shift.applyAsInt(y);
    }
    return new Blob(moved, width, parts);
  }

  /** What is done with a pixel. */
  interface Pixel {
    void at(int x, int y);
  }

  void eachPixel(Pixel visitor) {
    for (int pixel : pixels) {
      visitor.at(pixel % imageWidth, pixel / imageWidth);
    }
  }

  /**
   * Takes it apart.
   *
   * @param cuts of it
   * @return the pieces, from left to right, those without ink left out
   */
  List<Blob> pieces(List<Cut> cuts) {
    int[][] pieces = new int[cuts.size() + 1][pixels.length];
    int[] counts = new int[pieces.length];
    for (int pixel : pixels) {
      int x = pixel % imageWidth - left;
      int y = pixel / imageWidth - top;
      int piece = 0;
      for (Cut cut : cuts) {
        piece += x >= cut.columns()[y] ? 1 : 0;
      }
      pieces[piece][counts[piece]++] = pixel;
    }
    List<Blob> blobs = new ArrayList<>();
    for (int i = 0; i < pieces.length; i++) {
      if (counts[i] > 0) {
        blobs.add(new Blob(Arrays.copyOf(pieces[i], counts[i]), imageWidth, 1));
      }
    }
    return blobs;
  }

  int area() {
    return pixels.length;
  }

  int width() {
    return right - left + 1;
  }

  int height() {
    return bottom - top + 1;
  }

  double centreX() {
    return (left + right) / 2.0;
  }

  double centreY() {
    return (top + bottom) / 2.0;
  }

  /** Returns how many columns both have; negative for a gap. */
  int overlap(Blob other) {
    return Math.min(right, other.right) - Math.max(left, other.left) + 1;
  }
}
