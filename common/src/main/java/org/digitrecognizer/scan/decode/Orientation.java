package org.digitrecognizer.scan.decode;

import com.twelvemonkeys.imageio.metadata.Directory;
import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageMetadata;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.digitrecognizer.digit.GreyImage;

/**
 * Which way up an image is, 1 (as stored) to 8, by the Orientation tag of TIFF 6.0 (page 36) that
 * Exif has too.
 */
public final class Orientation {

  private static final int EXIF_HEADER = 6;

  private Orientation() {}

  static int ofTiff(ImageReader reader, int index) throws IOException {
    return reader.getImageMetadata(index) instanceof TIFFImageMetadata metadata
        ? of(metadata.getTIFFField(TIFF.TAG_ORIENTATION))
        : 1;
  }

  static int ofJpeg(byte[] bytes) {
    try (ImageInputStream stream = new ByteArrayImageInputStream(bytes)) {
      List<JPEGSegment> segments = JPEGSegmentUtil.readSegments(stream, JPEG.APP1, "Exif");
      if (segments.isEmpty()) {
        return 1;
      }
      byte[] exif = segments.get(0).segmentData().readAllBytes();
      try (ImageInputStream tags =
          new ByteArrayImageInputStream(exif, EXIF_HEADER, exif.length - EXIF_HEADER)) {
        Directory directory = new TIFFReader().read(tags);
        return of(directory.getEntryById(TIFF.TAG_ORIENTATION));
      }
    } catch (IOException | RuntimeException e) {
      // A damaged tag is no reason to refuse a picture that can be seen.
      return 1;
    }
  }

  private static int of(Entry entry) {
    return entry != null && entry.getValue() instanceof Number number ? number.intValue() : 1;
  }

  /** Returns the image the right way up. */
  public static GreyImage turn(GreyImage image, int orientation) {
    if (orientation < 2 || orientation > 8) {
      return image;
    }
    boolean transposed = orientation >= 5;
    boolean fromRight =
        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    boolean fromBottom =
        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    int width = transposed ? image.height() : image.width();
    int height = transposed ? image.width() : image.height();
    byte[] pixels = new byte[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int column = transposed ? y : x;
        int row = transposed ? x : y;
        int storedX = fromRight ? image.width() - 1 - column : column;
        int storedY = fromBottom ? image.height() - 1 - row : row;
        pixels[y * width + x] = image.pixels()[storedY * image.width() + storedX];
      }
    }
    return new GreyImage(width, height, pixels);
  }
}
