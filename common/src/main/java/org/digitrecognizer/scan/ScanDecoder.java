package org.digitrecognizer.scan;

import java.io.IOException;
import java.io.InputStream;
import org.digitrecognizer.digit.Rejection.Reason;

/**
 * Decodes the pages of image files and PDF documents, which it knows by their content: PNG, JPEG,
 * TIFF, BMP, GIF (the first picture), PBM, PGM, PPM and PDF. Whatever the bytes, the outcome is a
 * value. Immutable; any number of threads may share one.
 */
public final class ScanDecoder {

  private final ScanLimits limits;
  private final ImageDecoder images;
  private final PdfDecoder documents;

  /** Returns a decoder that rejects what is beyond the limits as TOO_LARGE. */
  public ScanDecoder(ScanLimits limits) {
    this.limits = limits;
    this.images = new ImageDecoder(limits);
    this.documents = new PdfDecoder(limits);
  }

  /**
   * Reads a file, and decodes each page when it is asked for. No more is read than the limit and a
   * byte, and of a file that is not decoded only the beginning; the stream is left open.
   *
   * @param in at the beginning of the file
   * @param length how many bytes there are, or -1 if that is not known; a hint only
   * @throws IOException if the stream itself fails; never because of what it holds
   */
  public ScanPages decode(InputStream in, long length) throws IOException {
    byte[] head = in.readNBytes(FileKind.HEAD);
    if (head.length == 0) {
      return rejected(Reason.EMPTY, "The file has no bytes");
    }
    FileKind kind = FileKind.of(head, head.length);
    if (kind.reason == Reason.NESTED_ARCHIVE) {
      return rejected(
          kind.reason, "This is " + kind.description + " inside an archive; unpack it beside it");
    } else if (kind.reason != null) {
      return rejected(kind.reason, unsupported(kind));
    }
    if (length > limits.bytes()) {
      return tooLarge();
    }
    byte[] bytes = readOn(in, head, length);
    return bytes.length > limits.bytes() ? tooLarge() : decode(kind, bytes);
  }

  private ScanPages decode(FileKind kind, byte[] bytes) {
    return switch (kind) {
      case PDF -> documents.decode(bytes);
      case TIFF -> images.decodePages(kind, bytes);
      default -> ScanPages.single(images.decodeOne(kind, bytes));
    };
  }

  /** Reads the rest after the head. */
  private byte[] readOn(InputStream in, byte[] head, long length) throws IOException {
    if (head.length < FileKind.HEAD || length == head.length) {
      return head;
    }
    byte[] rest = in.readNBytes((int) (limits.bytes() + 1 - Math.min(limits.bytes(), head.length)));
    byte[] bytes = new byte[head.length + rest.length];
    System.arraycopy(head, 0, bytes, 0, head.length);
    System.arraycopy(rest, 0, bytes, head.length, rest.length);
    return bytes;
  }

  private ScanPages tooLarge() {
    return rejected(
        Reason.TOO_LARGE, "The file has more than the limit of " + limits.bytes() + " bytes");
  }

  private static String unsupported(FileKind kind) {
    String what =
        kind == FileKind.UNKNOWN ? "The format is not known" : "This is " + kind.description;
    return what + "; PNG, JPEG, TIFF, BMP, GIF, PBM, PGM, PPM and PDF are read";
  }

  private static ScanPages rejected(Reason reason, String detail) {
    return ScanPages.single(Outcome.rejected(reason, detail));
  }
}
