// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.decode;

import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Arrays;
import org.digitrecognizer.digit.GreyImage;

/** Makes the samples of a TIFF image grey, as they are stored, by what the tags say of each. */
final class RawSamples {

  private static final double UNSIGNED_OVERFLOW = 0x1p32;

  private final Raster raster;
  private final TiffTags tags;
  private final int bands;
  private final boolean isFloating;
  private final double[] row;

  private RawSamples(Raster raster, TiffTags tags) {
    this.raster = raster;
    this.tags = tags;
    this.bands = raster.getNumBands();
    int type = raster.getTransferType();
    this.isFloating = type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE;
    this.row = new double[raster.getWidth() * bands];
  }

  /**
   * Makes an image grey whose colour is grey, RGB or of a palette.
   *
   * @throws IOException if it has no palette though it should
   */
  static GreyImage convert(Raster raster, TiffTags tags) throws IOException {
    return new RawSamples(raster, tags).convert();
  }

  private GreyImage convert() throws IOException {
    int alphaBand = tags.alphaBand();
    double[] most = most();
    // Where alpha is nothing all over, nobody has meant it.
    boolean hasAlpha = alphaBand >= 0 && alphaBand < bands && most[alphaBand] > 0;
    double alphaWhite = hasAlpha ? SampleRange.white(most[alphaBand], isFloating) : 1;
    byte[] levels = tags.photometric() == TiffTags.PALETTE ? paletteLevels() : null;
    double white =
        SampleRange.white(Arrays.stream(most, 0, tags.colours()).max().orElse(0), isFloating);
    int width = raster.getWidth();
    byte[] grey = new byte[width * raster.getHeight()];
    for (int y = 0; y < raster.getHeight(); y++) {
      readRow(y);
      for (int x = 0; x < width; x++) {
        int at = x * bands;
        int level = levels == null ? level(at, white) : look(levels, row[at]);
        if (hasAlpha) {
          int alpha = SampleRange.scaled(row[at + alphaBand], alphaWhite);
          level = GreyConversion.onPaper(level, alpha, tags.isAlphaPremultiplied());
        }
        grey[y * width + x] = (byte) level;
      }
    }
    return new GreyImage(width, raster.getHeight(), grey);
  }

  private int level(int at, double white) {
    if (tags.colours() == 1) {
      int level = SampleRange.scaled(row[at], white);
      return tags.photometric() == TiffTags.WHITE_IS_ZERO ? 255 - level : level;
    }
    return GreyConversion.luma(
        SampleRange.scaled(row[at], white),
        SampleRange.scaled(row[at + 1], white),
        SampleRange.scaled(row[at + 2], white));
  }

  private static int look(byte[] levels, double index) {
    return index < levels.length ? levels[(int) index] & 0xff : 255;
  }

  /**
   * Returns the grey of each colour of the palette: all reds, all greens, all blues, of 16 bits.
   */
  private byte[] paletteLevels() throws IOException {
    double[] map = Arrays.stream(tags.numbers(TIFF.TAG_COLOR_MAP)).asDoubleStream().toArray();
    if (map.length == 0) {
      throw new IOException("it has no palette");
    }
    int colours = map.length / 3;
    // Some programs write eight bits.
    double white = SampleRange.white(Arrays.stream(map).max().orElse(0), false);
    byte[] levels = new byte[colours];
    for (int i = 0; i < colours; i++) {
      levels[i] =
          (byte)
              GreyConversion.luma(
                  SampleRange.scaled(map[i], white),
                  SampleRange.scaled(map[colours + i], white),
                  SampleRange.scaled(map[2 * colours + i], white));
    }
    return levels;
  }

  /** Returns the largest sample of each band. */
  private double[] most() {
    double[] most = new double[Math.max(bands, tags.colours())];
    for (int y = 0; y < raster.getHeight(); y++) {
      readRow(y);
      for (int i = 0; i < row.length; i++) {
        most[i % bands] = Math.max(most[i % bands], row[i]);
      }
    }
    return most;
  }

  private void readRow(int y) {
    raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
    boolean wraps = raster.getTransferType() == DataBuffer.TYPE_INT && tags.isUnsigned();
    for (int i = 0; i < row.length; i++) {
      if (!(row[i] >= 0)) {
        row[i] = wraps ? row[i] + UNSIGNED_OVERFLOW : 0;
      }
    }
  }
}
