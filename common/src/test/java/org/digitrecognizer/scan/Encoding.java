// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.zip.DeflaterInputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceGray;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/** Encodes pictures by the JDK's own writers, and PDF by PDFBox. */
public final class Encoding {

  private Encoding() {}

  /** Returns a file of one of ImageIO's formats. */
  public static byte[] image(String format, BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, out)) {
      throw new AssertionError("No writer of " + format + " for image type " + image.getType());
    }
    return out.toByteArray();
  }

  /**
   * Returns a TIFF of a page an image.
   *
   * @param compression as the JDK names it; null for none
   */
  public static byte[] tiff(String compression, List<BufferedImage> pages) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = writerOfTheJdk();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      if (compression != null) {
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionType(compression);
      }
      writer.prepareWriteSequence(null);
      for (BufferedImage page : pages) {
        writer.writeToSequence(new IIOImage(page, null, null), parameters);
      }
      writer.endWriteSequence();
    }
    return out.toByteArray();
  }

  private static ImageWriter writerOfTheJdk() {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("tiff");
    while (writers.hasNext()) {
      ImageWriter writer = writers.next();
      if (writer.getClass().getName().startsWith("com.sun.")) {
        return writer;
      }
    }
    throw new AssertionError("This Java writes no TIFF");
  }

  /** A page an image, which covers the page, or only its middle. */
  public static byte[] pdf(boolean covering, List<BufferedImage> images) throws IOException {
    try (PDDocument document = new PDDocument()) {
      for (BufferedImage image : images) {
        float height = covering ? 100f * image.getHeight() / image.getWidth() : 100;
        PDPage page = new PDPage(new PDRectangle(100, height));
        document.addPage(page);
        PDImageXObject object = grey(document, image);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
          int margin = covering ? 0 : 20;
          content.drawImage(object, margin, margin, 100 - 2 * margin, height - 2 * margin);
        }
      }
      return bytes(document);
    }
  }

  private static PDImageXObject grey(PDDocument document, BufferedImage image) throws IOException {
    byte[] pixels = new byte[image.getWidth() * image.getHeight()];
    image.getRaster().getDataElements(0, 0, image.getWidth(), image.getHeight(), pixels);
    InputStream packed = new DeflaterInputStream(new ByteArrayInputStream(pixels));
    return new PDImageXObject(
        document,
        packed,
        COSName.FLATE_DECODE,
        image.getWidth(),
        image.getHeight(),
        8,
        PDDeviceGray.INSTANCE);
  }

  /** A page that is a picture of single bits, packed as a scanner does. */
  static byte[] jbig2Pdf(BufferedImage bits) throws IOException {
    int width = bits.getWidth();
    int height = bits.getHeight();
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage(new PDRectangle(width, height));
      document.addPage(page);
      PDImageXObject object =
          new PDImageXObject(
              document,
              new ByteArrayInputStream(jbig2(bits)),
              COSName.JBIG2_DECODE,
              width,
              height,
              1,
              PDDeviceGray.INSTANCE);
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.drawImage(object, 0, 0, width, height);
      }
      return bytes(document);
    }
  }

  /**
   * An embedded JBIG2 stream (ITU-T T.88, 7.4): the page's size, and one generic region in MMR,
   * which is the coding of fax group 4, and so what a TIFF of that compression holds.
   */
  private static byte[] jbig2(BufferedImage bits) throws IOException {
    byte[] fax = faxOf(tiff("CCITT T.6", List.of(bits)));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0);
    out.write(new byte[] {48, 0, 1});
    out.writeInt(19);
    out.writeInt(bits.getWidth());
    out.writeInt(bits.getHeight());
    out.write(new byte[11]);
    out.writeInt(1);
    out.write(new byte[] {38, 0, 1});
    out.writeInt(18 + fax.length);
    out.writeInt(bits.getWidth());
    out.writeInt(bits.getHeight());
    out.write(new byte[9]);
    out.writeByte(1);
    out.write(fax);
    return bytes.toByteArray();
  }

  /** The strip of a TIFF of one strip, with a 1 for black as fax has it. */
  private static byte[] faxOf(byte[] tiff) {
    ByteBuffer buffer = ByteBuffer.wrap(tiff);
    buffer.order(tiff[0] == 'M' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int directory = buffer.getInt(4);
    int offset = 0;
    int length = 0;
    for (int i = 0; i < buffer.getShort(directory); i++) {
      int entry = directory + 2 + 12 * i;
      int value =
          buffer.getShort(entry + 2) == 3 ? buffer.getShort(entry + 8) : buffer.getInt(entry + 8);
      offset = buffer.getShort(entry) == 273 ? value : offset;
      length = buffer.getShort(entry) == 279 ? value : length;
    }
    return Arrays.copyOfRange(tiff, offset, offset + length);
  }

  static byte[] cmykTiff(byte[] samples) {
    return rawTiff(samples.length / 4, 1, samples, 4, 8, 5);
  }

  /**
   * An uncompressed TIFF of one strip, written by hand (TIFF 6.0, section 2).
   *
   * @param photometric 0 = white is zero, 1 = black is zero, 5 = CMYK
   */
  static byte[] rawTiff(
      int width, int height, byte[] samples, int perPixel, int bits, int photometric) {
    int[][] tags = {
      {256, width},
      {257, height},
      {258, bits},
      {259, 1},
      {262, photometric},
      {273, 0},
      {277, perPixel},
      {278, height},
      {279, samples.length}
    };
    int bitsAt = 8 + 2 + tags.length * 12 + 4;
    int dataAt = bitsAt + 8;
    ByteBuffer tiff = ByteBuffer.allocate(dataAt + samples.length);
    tiff.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(8);
    tiff.putShort((short) tags.length);
    for (int[] tag : tags) {
      tiff.putShort((short) tag[0]);
      if (tag[0] == 258 && perPixel > 1) {
        tiff.putShort((short) 3).putInt(perPixel).putInt(bitsAt);
      } else {
        tiff.putShort((short) 4).putInt(1).putInt(tag[0] == 273 ? dataAt : tag[1]);
      }
    }
    tiff.putInt(0);
    for (int i = 0; i < 4; i++) {
      tiff.putShort((short) bits);
    }
    return tiff.put(samples).array();
  }

  /** Returns a document as a file. */
  public static byte[] bytes(PDDocument document) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    document.save(out);
    return out.toByteArray();
  }
}
