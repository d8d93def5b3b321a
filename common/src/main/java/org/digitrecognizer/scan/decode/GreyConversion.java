// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.decode;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.digitrecognizer.digit.GreyImage;

/**
 * Makes any picture grey, on white paper where it is transparent. Samples that are grey already
 * stay what they are: Java's own conversion takes them for linear light and changes them.
 */
public final class GreyConversion {

  private static final int WHITE = 255;

  /** Bits of samples that need not use all of them. */
  private static final int DEEP = 16;

  /** Half of what they can be. */
  private static final int HALF = 1 << (DEEP - 1);

  private GreyConversion() {}

  public static GreyImage convert(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] grey = plainBytes(image);
    if (grey == null) {
      grey = new byte[width * height];
      ColorModel colors = image.getColorModel();
      if (colors instanceof IndexColorModel palette) {
        look(image.getRaster(), palette, grey);
      } else if (hasWholeSamples(image)) {
        mix(image, grey);
      } else {
        mix(inRgb(image), grey);
      }
    }
    return new GreyImage(width, height, grey);
  }

  /** The picture's own bytes if they are grey and nothing else, or null. */
  private static byte[] plainBytes(BufferedImage image) {
    Raster raster = image.getRaster();
    boolean isPlain =
        image.getType() == BufferedImage.TYPE_BYTE_GRAY
            && raster.getDataBuffer() instanceof DataBufferByte
            && raster.getSampleModel() instanceof PixelInterleavedSampleModel model
            && model.getPixelStride() == 1
            && model.getScanlineStride() == image.getWidth()
            && model.getBandOffsets()[0] == 0
            && raster.getDataBuffer().getOffset() == 0;
    if (!isPlain) {
      return null;
    }
    byte[] bytes = ((DataBufferByte) raster.getDataBuffer()).getData();
    return bytes.length == image.getWidth() * image.getHeight() ? bytes : null;
  }

  private static void look(Raster raster, IndexColorModel palette, byte[] grey) {
    byte[] table = new byte[palette.getMapSize()];
    boolean isVisible = IntStream.range(0, table.length).anyMatch(i -> palette.getAlpha(i) > 0);
    for (int i = 0; i < table.length; i++) {
      int luma = luma(palette.getRed(i), palette.getGreen(i), palette.getBlue(i));
      table[i] = (byte) (isVisible ? onPaper(luma, palette.getAlpha(i), false) : luma);
    }
    int width = raster.getWidth();
    int[] row = new int[width];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        grey[y * width + x] = row[x] < table.length ? table[row[x]] : (byte) WHITE;
      }
    }
  }

  private static boolean hasWholeSamples(BufferedImage image) {
    ColorModel colors = image.getColorModel();
    int space = colors.getColorSpace().getType();
    int transfer = colors.getTransferType();
    return (space == ColorSpace.TYPE_GRAY || space == ColorSpace.TYPE_RGB)
        && (transfer == DataBuffer.TYPE_BYTE
            || transfer == DataBuffer.TYPE_USHORT
            || (transfer == DataBuffer.TYPE_INT && !(colors instanceof ComponentColorModel)));
  }

  private static BufferedImage inRgb(BufferedImage image) {
    int type =
        image.getColorModel().hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
    BufferedImage rgb = new BufferedImage(image.getWidth(), image.getHeight(), type);
    return new ColorConvertOp(null).filter(image, rgb);
  }

  private static void mix(BufferedImage image, byte[] grey) {
    Raster raster = image.getRaster();
    ColorModel colors = image.getColorModel();
    boolean isGrey = colors.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    int bands = raster.getNumBands();
    double[] scale = scales(raster, colors);
    int width = raster.getWidth();
    int[] row = new int[width * bands];
    // Where alpha is nothing all over, nobody has meant it.
    int alphaBand = colors.hasAlpha() && hasAnyAbove0(raster, bands - 1) ? bands - 1 : -1;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int at = x * bands;
        int level =
            isGrey
                ? scaled(row[at], scale[0])
                : luma(
                    scaled(row[at], scale[0]),
                    scaled(row[at + 1], scale[1]),
                    scaled(row[at + 2], scale[2]));
        if (alphaBand >= 0) {
          int alpha = scaled(row[at + alphaBand], scale[alphaBand]);
          level = onPaper(level, alpha, colors.isAlphaPremultiplied());
        }
        grey[y * width + x] = (byte) level;
      }
    }
  }

  private static int scaled(int sample, double scale) {
    return (int) (sample * scale + 0.5);
  }

  /** Returns what makes each band's samples 0 to 255. */
  private static double[] scales(Raster raster, ColorModel colors) {
    int bands = raster.getNumBands();
    double[] scale = new double[bands];
    for (int band = 0; band < bands; band++) {
      scale[band] = (double) WHITE / ((1L << colors.getComponentSize(band)) - 1);
    }
    if (colors.getComponentSize(0) == DEEP) {
      int colourBands = colors.getNumColorComponents();
      double white = SampleRange.white(most(raster, colourBands), false);
      Arrays.fill(scale, 0, colourBands, WHITE / white);
    }
    return scale;
  }

  /** Returns the largest sample of the first bands; stops at one that needs all bits. */
  private static int most(Raster raster, int bands) {
    int most = 0;
    int[] row = new int[raster.getWidth()];
    for (int y = 0; y < raster.getHeight() && most < HALF; y++) {
      for (int band = 0; band < bands; band++) {
        raster.getSamples(raster.getMinX(), raster.getMinY() + y, row.length, 1, band, row);
        most = Math.max(most, Arrays.stream(row).max().orElse(0));
      }
    }
    return most;
  }

  private static boolean hasAnyAbove0(Raster raster, int band) {
    int[] row = new int[raster.getWidth()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, row.length, 1, band, row);
      if (Arrays.stream(row).anyMatch(sample -> sample != 0)) {
        return true;
      }
    }
    return false;
  }

  /** ITU-R BT.601-7, 2.5.1, in 65536ths. */
  static int luma(int red, int green, int blue) {
    return (19595 * red + 38470 * green + 7471 * blue + 32768) >> 16;
  }

  /** Returns a level, 0 to 255, as it looks on white paper. */
  static int onPaper(int level, int alpha, boolean isPremultiplied) {
    return isPremultiplied
        ? Math.min(WHITE, level + WHITE - alpha)
        : (level * alpha + WHITE * (WHITE - alpha) + WHITE / 2) / WHITE;
  }
}
