// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.samples;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Encodes many images, one after the other, with one writer: making one costs more than using it.
 */
final class PngEncoder implements AutoCloseable {

  /** Java's measure of deflate level 1: time counts here, size hardly does. */
  private static final float FAST = 8f / 9;

  private final ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
  private final ImageWriteParam parameters = writer.getDefaultWriteParam();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  PngEncoder() {
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionQuality(FAST);
  }

  byte[] encode(BufferedImage image) throws IOException {
    bytes.reset();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), parameters);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    writer.dispose();
  }
}
