// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.mnist;

import org.digitrecognizer.digit.DigitImage;

/** The two kinds of IDX files that MNIST consists of. */
enum IdxKind {
  /** Unsigned bytes in three dimensions: images, rows, columns. */
  IMAGES("images", 3, DigitImage.SIZE),
  /** Unsigned bytes in one dimension. */
  LABELS("labels", 1, 1);

  private static final int UNSIGNED_BYTE = 0x08;

  final String items;
  final int dimensions;
  final int itemBytes;

  IdxKind(String items, int dimensions, int itemBytes) {
    this.items = items;
    this.dimensions = dimensions;
    this.itemBytes = itemBytes;
  }

  /** Returns the four bytes that the file starts with: 0, 0, element type, dimensions. */
  int magic() {
    return UNSIGNED_BYTE << 8 | dimensions;
  }

  int headerBytes() {
    return Integer.BYTES * (1 + dimensions);
  }
}
