// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import java.util.function.Function;
import org.digitrecognizer.digit.FileSignature;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.scan.decode.ImageDecoder;
import org.digitrecognizer.scan.helper.HelperDecoder;
import org.digitrecognizer.scan.pdf.PdfDecoder;

/**
 * Decodes the pages of image files and PDF documents, which it knows by their content: PNG, JPEG,
 * TIFF, BMP, GIF (the first picture), PBM, PGM, PPM and PDF. Whatever the bytes, the outcome is a
 * value. Immutable; any number of threads may share one.
 */
public final class ScanDecoder {

  private final ScanLimits limits;
  private final ImageDecoder images;
  private final Function<byte[], ScanPages> documents;

  /** Returns a decoder that rejects what is beyond the limits as TOO_LARGE. */
  public ScanDecoder(ScanLimits limits) {
    this.limits = limits;
    this.images = new ImageDecoder(limits);
    this.documents =
        limits.pageSeconds() == 0
            ? new PdfDecoder(limits)::decode
            : new HelperDecoder(limits)::decode;
  }

  /**
   * Decodes each page of a file in an archive when it is asked for.
   *
   * @param file its bytes; not copied
   */
  public ScanPages decode(byte[] file) {
    return decode(file, false);
  }

  /**
   * Decodes each page of a file when it is asked for.
   *
   * @param file its bytes; not copied
   * @param plain whether it lies there as it is, in no archive
   */
  public ScanPages decode(byte[] file, boolean plain) {
    if (file.length == 0) {
      return rejected(Reason.EMPTY, "The file has no bytes");
    }
    FileSignature kind = FileSignature.of(file);
    if (kind.reason == Reason.NESTED_ARCHIVE) {
      return archive(kind, plain);
    } else if (kind.reason != null) {
      return rejected(kind.reason, unsupported(kind));
    }
    return file.length > limits.bytes() ? tooLarge() : decode(kind, file);
  }

  private static ScanPages archive(FileSignature kind, boolean plain) {
    String what = "This is " + kind.description;
    return plain
        ? rejected(
            Reason.UNSUPPORTED_FORMAT,
            what + ", which is not read; pack it as zip or tar, or unpack it")
        : rejected(kind.reason, what + " inside an archive; unpack it beside it");
  }

  private ScanPages decode(FileSignature kind, byte[] bytes) {
    return switch (kind) {
      case PDF -> documents.apply(bytes);
      case TIFF -> images.decodePages(bytes);
      default -> ScanPages.single(images.decodeOne(kind, bytes));
    };
  }

  private ScanPages tooLarge() {
    return rejected(
        Reason.TOO_LARGE, "The file has more than the limit of " + limits.bytes() + " bytes");
  }

  private static String unsupported(FileSignature kind) {
    String what =
        kind == FileSignature.UNKNOWN ? "The format is not known" : "This is " + kind.description;
    return what + "; PNG, JPEG, TIFF, BMP, GIF, PBM, PGM, PPM and PDF are read";
  }

  private static ScanPages rejected(Reason reason, String detail) {
    return ScanPages.single(Outcome.rejected(reason, detail));
  }
}
