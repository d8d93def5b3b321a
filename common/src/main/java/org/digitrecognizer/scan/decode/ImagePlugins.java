// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.decode;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.pnm.PNMImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.BigTIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import org.apache.pdfbox.jbig2.JBIG2ImageReaderSpi;
import org.digitrecognizer.digit.FileSignature;

/**
 * The readers of image formats. ImageIO's own look-up asks the thread's class loader, which on a
 * cluster is not the one that has our libraries; so each plug-in is named and registered here, once
 * a JVM. TIFF and PDF need JPEG and JBIG2 in the registry for what is inside them.
 */
public final class ImagePlugins {

  private static final IIORegistry REGISTRY = IIORegistry.getDefaultInstance();
  private static final ImageReaderSpi JPEG = new JPEGImageReaderSpi();
  private static final ImageReaderSpi PNM = new PNMImageReaderSpi();
  private static final ImageReaderSpi TIFF = new TIFFImageReaderSpi();
  private static final ImageReaderSpi BIG_TIFF = new BigTIFFImageReaderSpi();

  /** Held, since Java forgets the settings of a logger that nobody holds. */
  private static final List<Logger> LOGGERS =
      List.of(Logger.getLogger("org.apache.pdfbox"), Logger.getLogger("org.apache.fontbox"));

  static {
    // What is wrong with a file is in its rejection; Java's own logging would print it, too.
    LOGGERS.forEach(logger -> logger.setLevel(Level.OFF));
    // PDFBox has images read from ImageIO's streams, which otherwise go through a temporary file.
    ImageIO.setUseCache(false);
    REGISTRY.registerServiceProvider(JPEG, ImageReaderSpi.class);
    REGISTRY.registerServiceProvider(new JBIG2ImageReaderSpi(), ImageReaderSpi.class);
  }

  private ImagePlugins() {}

  /** Makes sure that the plug-ins are registered. */
  public static void register() {
    // The work is done when the class is initialised.
  }

  /** Returns a new reader of a kind of image. */
  public static ImageReader reader(FileSignature kind, byte[] bytes) {
    ImageReaderSpi provider =
        switch (kind) {
          case JPEG -> JPEG;
          case PNM -> PNM;
          case TIFF -> bytes[2] == '+' || bytes[3] == '+' ? BIG_TIFF : TIFF;
          case PNG -> ofTheJdk("png");
          case BMP -> ofTheJdk("bmp");
          case GIF -> ofTheJdk("gif");
          default -> throw new IllegalArgumentException(kind + " is no image");
        };
    try {
      return provider.createReaderInstance();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ImageReaderSpi ofTheJdk(String format) {
    String start = "com.sun.imageio.plugins." + format + ".";
    Iterator<ImageReaderSpi> providers = REGISTRY.getServiceProviders(ImageReaderSpi.class, false);
    while (providers.hasNext()) {
      ImageReaderSpi provider = providers.next();
      if (provider.getClass().getName().startsWith(start)) {
        return provider;
      }
    }
    throw new IllegalStateException("This Java has no reader of " + format + " images");
  }
}
