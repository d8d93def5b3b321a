package org.digitrecognizer.scan.decode;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import javax.imageio.ImageReader;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanLimits;
import org.digitrecognizer.scan.ScanPages;

/** Decodes image files of one page or several. Any number of threads may share one. */
public final class ImageDecoder {

  private final ScanLimits limits;

  /** A reader takes longer to make than to read a small image. */
  private final ThreadLocal<Map<FileKind, ImageReader>> readers =
      ThreadLocal.withInitial(() -> new EnumMap<>(FileKind.class));

  public ImageDecoder(ScanLimits limits) {
    this.limits = limits;
  }

  /** Decodes the first picture. */
  public Outcome<GreyImage> decodeOne(FileKind kind, byte[] bytes) {
    return Guard.call(
        kind.description,
        () -> {
          if (kind == FileKind.PNG) {
            PngCheck.check(bytes);
          } else if (kind == FileKind.JPEG) {
            JpegCheck.check(bytes);
          }
          return decodeFirst(kind, bytes);
        });
  }

  private Outcome<GreyImage> decodeFirst(FileKind kind, byte[] bytes) throws IOException {
    ImageReader reader = readers.get().remove(kind);
    if (reader == null) {
      reader = ImagePlugins.reader(kind, bytes);
    }
    // Palettes and JPEG's colour spaces are metadata too.
    boolean ignoreMetadata = kind == FileKind.BMP || kind == FileKind.GIF;
    reader.setInput(new ByteArrayImageInputStream(bytes), true, ignoreMetadata);
    Outcome<GreyImage> page = read(reader, 0);
    if (kind == FileKind.JPEG && page instanceof Outcome.Ok<GreyImage> ok) {
      page = Outcome.ok(Orientation.turn(ok.value(), Orientation.ofJpeg(bytes)));
    }
    // After an exception its state is anybody's guess: it is dropped then.
    reader.reset();
    readers.get().put(kind, reader);
    return page;
  }

  /** Decodes each page when it is asked for. */
  public ScanPages decodePages(FileKind kind, byte[] bytes) {
    Outcome<ScanPages> pages = Guard.call(kind.description, () -> open(kind, bytes));
    if (pages instanceof Outcome.Ok<ScanPages> ok) {
      return ok.value();
    }
    return ScanPages.single(new Outcome.Rejected<>(((Outcome.Rejected<?>) pages).rejection()));
  }

  private Outcome<ScanPages> open(FileKind kind, byte[] bytes) throws IOException {
    ImageReader reader = ImagePlugins.reader(kind, bytes);
    reader.setInput(new ByteArrayImageInputStream(bytes), false, false);
    int count = reader.getNumImages(true);
    if (count < 1) {
      return Outcome.rejected(Reason.CORRUPT, "The TIFF file has no page");
    } else if (count > limits.pages()) {
      return tooManyPages(count, limits);
    }
    return Outcome.ok(new ScanPages(new Pages(reader, kind, count)));
  }

  public static <T> Outcome<T> tooManyPages(int count, ScanLimits limits) {
    return Outcome.rejected(
        Reason.TOO_LARGE,
        "The file has " + count + " pages, more than the limit of " + limits.pages());
  }

  private final class Pages implements ScanPages.Source {

    private final ImageReader reader;
    private final FileKind kind;
    private final int count;

    private Pages(ImageReader reader, FileKind kind, int count) {
      this.reader = reader;
      this.kind = kind;
      this.count = count;
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public Outcome<GreyImage> page(int index) {
      return Guard.call("page " + index + " of " + kind.description, () -> readPage(index));
    }

    private Outcome<GreyImage> readPage(int index) throws IOException {
      Outcome<GreyImage> page = read(reader, index);
      if (page instanceof Outcome.Ok<GreyImage> ok) {
        return Outcome.ok(Orientation.turn(ok.value(), Orientation.ofTiff(reader, index)));
      }
      return page;
    }

    @Override
    public void close() {
      reader.dispose();
    }
  }

  private Outcome<GreyImage> read(ImageReader reader, int index) throws IOException {
    long width = reader.getWidth(index);
    long height = reader.getHeight(index);
    if (width < 1 || height < 1) {
      return Outcome.rejected(
          Reason.CORRUPT, "The header says that the image is " + width + "x" + height + " pixels");
    }
    if (width * height > limits.pixels()) {
      return tooManyPixels(width, height, limits);
    }
    BufferedImage image = reader.read(index);
    return Outcome.ok(GreyConversion.convert(image));
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
