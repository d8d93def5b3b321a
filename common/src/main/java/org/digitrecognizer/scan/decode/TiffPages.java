// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.decode;

import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageMetadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanLimits;
import org.digitrecognizer.scan.ScanPages;

/** The pages of a TIFF file: its images, without thumbnails and masks of them. */
final class TiffPages implements ScanPages.Source {

  /** What NewSubfileType says of an image that is no page (TIFF 6.0, page 36). */
  private static final int REDUCED_OR_MASK = 1 | 4;

  /** The same in the older SubfileType. */
  private static final int REDUCED = 2;

  private final ImageReader reader;
  private final ScanLimits limits;
  private final List<Integer> indices;

  /**
   * @param reader has the file; disposed of with the pages
   * @param count of the file's images, at least 1
   */
  TiffPages(ImageReader reader, int count, ScanLimits limits) {
    this.reader = reader;
    this.limits = limits;
    List<Integer> pages = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      if (isPage(index)) {
        pages.add(index);
      }
    }
    indices = pages.isEmpty() ? List.of(0) : pages;
  }

  @Override
  public int count() {
    return indices.size();
  }

  @Override
  public Outcome<GreyImage> page(int index) {
    return Guard.call("page " + index + " of a TIFF image", () -> readPage(indices.get(index)));
  }

  @Override
  public void close() {
    reader.dispose();
  }

  private boolean isPage(int index) {
    try {
      TiffTags tags = tags(index);
      return (tags.number(TIFF.TAG_SUBFILE_TYPE, 0) & REDUCED_OR_MASK) == 0
          && tags.number(TIFF.TAG_OLD_SUBFILE_TYPE, 0) != REDUCED
          && tags.photometric() != TiffTags.MASK;
    } catch (IOException | RuntimeException e) {
      // Reading the page will tell what is wrong with it.
      return true;
    }
  }

  private TiffTags tags(int index) throws IOException {
    return new TiffTags((TIFFImageMetadata) reader.getImageMetadata(index));
  }

  private Outcome<GreyImage> readPage(int index) throws IOException {
    TiffTags tags = tags(index);
    String unreadable = tags.unreadable();
    if (unreadable != null) {
      return Outcome.rejected(Reason.UNSUPPORTED_FORMAT, unreadable);
    }
    Outcome<GreyImage> tooLarge =
        ImageDecoder.tooLarge(reader.getWidth(index), reader.getHeight(index), limits);
    if (tooLarge != null) {
      return tooLarge;
    }
    try {
      return Outcome.ok(tags.presentation().apply(read(index, tags), limits));
    } catch (IIOException e) {
      if (String.valueOf(e.getMessage()).matches("Unsupported .*|.* not supported .*")) {
        return Outcome.rejected(
            Reason.UNSUPPORTED_FORMAT, "This kind of TIFF image is not read: " + e.getMessage());
      }
      throw e;
    }
  }

  private GreyImage read(int index, TiffTags tags) throws IOException {
    return tags.areSamplesRead()
        ? GreyConversion.convert(reader.read(index))
        : RawSamples.convert(reader.readRaster(index, null), tags);
  }
}
