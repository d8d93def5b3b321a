// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.decode;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import javax.imageio.ImageReader;
import org.digitrecognizer.digit.FileSignature;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanLimits;
import org.digitrecognizer.scan.ScanPages;

/** Decodes image files of one page or several. Any number of threads may share one. */
public final class ImageDecoder {

  private final ScanLimits limits;

  /** A reader takes longer to make than to read a small image. */
  private final ThreadLocal<Map<FileSignature, ImageReader>> readers =
      ThreadLocal.withInitial(() -> new EnumMap<>(FileSignature.class));

  public ImageDecoder(ScanLimits limits) {
    this.limits = limits;
  }

  /** Decodes the first picture. */
  public Outcome<GreyImage> decodeOne(FileSignature kind, byte[] bytes) {
    return Guard.call(
        kind.description,
        () ->
            switch (kind) {
              case PNG -> decodePng(bytes);
              case JPEG -> decodeJpeg(bytes);
              case BMP -> decodeBmp(bytes);
              case GIF -> decodeFirst(kind, bytes, GifHeader.presentation(bytes));
              default -> decodeFirst(kind, bytes, Presentation.AS_STORED);
            });
  }

  private Outcome<GreyImage> decodePng(byte[] bytes) throws IOException {
    PngChunks chunks = PngChunks.read(bytes);
    return decodeFirst(FileSignature.PNG, chunks.needed(), chunks.presentation());
  }

  private Outcome<GreyImage> decodeJpeg(byte[] bytes) throws IOException {
    JpegSegments segments = JpegSegments.read(bytes);
    segments.requireEnd();
    String tooMany = segments.tooManyScans(limits);
    return tooMany == null
        ? decodeFirst(FileSignature.JPEG, bytes, segments.presentation())
        : Outcome.rejected(Reason.TOO_LARGE, tooMany);
  }

  private Outcome<GreyImage> decodeBmp(byte[] bytes) throws IOException {
    String unreadable = BmpHeader.unreadable(bytes);
    if (unreadable != null) {
      return Outcome.rejected(Reason.UNSUPPORTED_FORMAT, unreadable);
    }
    byte[] usual = BmpHeader.usual(bytes);
    return decodeFirst(FileSignature.BMP, usual, new Presentation(1, BmpHeader.density(usual)));
  }

  private Outcome<GreyImage> decodeFirst(
      FileSignature kind, byte[] bytes, Presentation presentation) throws IOException {
    ImageReader reader = readers.get().remove(kind);
    if (reader == null) {
      reader = ImagePlugins.reader(kind, bytes);
    }
    // Palettes and JPEG's colour spaces are metadata too.
    boolean ignoreMetadata = kind == FileSignature.BMP || kind == FileSignature.GIF;
    reader.setInput(new ByteArrayImageInputStream(bytes), true, ignoreMetadata);
    Outcome<GreyImage> page = tooLarge(reader.getWidth(0), reader.getHeight(0), limits);
    if (page == null) {
      GreyImage image = GreyConversion.convert(reader.read(0));
      page = Outcome.ok(presentation.apply(image, limits));
    }
    // After an exception its state is anybody's guess: it is dropped then.
    reader.reset();
    readers.get().put(kind, reader);
    return page;
  }

  /** Decodes each page when it is asked for. */
  public ScanPages decodePages(byte[] bytes) {
    Outcome<ScanPages> pages = Guard.call(FileSignature.TIFF.description, () -> open(bytes));
    if (pages instanceof Outcome.Ok<ScanPages> ok) {
      return ok.value();
    }
    return ScanPages.single(new Outcome.Rejected<>(((Outcome.Rejected<?>) pages).rejection()));
  }

  private Outcome<ScanPages> open(byte[] bytes) throws IOException {
    ImageReader reader = ImagePlugins.reader(FileSignature.TIFF, bytes);
    reader.setInput(new ByteArrayImageInputStream(bytes), false, false);
    int count = reader.getNumImages(true);
    if (count < 1) {
      return Outcome.rejected(Reason.CORRUPT, "The TIFF file has no page");
    } else if (count > limits.pages()) {
      return tooManyPages(count, limits);
    }
    return Outcome.ok(new ScanPages(new TiffPages(reader, count, limits)));
  }

  public static <T> Outcome<T> tooManyPages(int count, ScanLimits limits) {
    return Outcome.rejected(
        Reason.TOO_LARGE,
        "The file has " + count + " pages, more than the limit of " + limits.pages());
  }

  /**
   * Returns the rejection of an image that is too large or has no pixels; null if it is neither.
   */
  static Outcome<GreyImage> tooLarge(long width, long height, ScanLimits limits) {
    if (width < 1 || height < 1) {
      return Outcome.rejected(
          Reason.CORRUPT, "The header says that the image is " + width + "x" + height + " pixels");
    }
    return width * height > limits.pixels() ? tooManyPixels(width, height, limits) : null;
  }

  public static Outcome<GreyImage> tooManyPixels(long width, long height, ScanLimits limits) {
    return Outcome.rejected(
        Reason.TOO_LARGE,
        "The page is "
            + width
            + "x"
            + height
            + " pixels, more than the limit of "
            + limits.pixels()
            + " in all");
  }
}
