// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.digit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.digitrecognizer.digit.Rejection.Reason;

/**
 * What a file is, by the bytes that it begins with: the one table of signatures, for files as they
 * lie there and for entries of archives alike.
 */
public enum FileSignature {
  PNG("a PNG image"),
  JPEG("a JPEG image"),
  TIFF("a TIFF image"),
  BMP("a BMP image"),
  GIF("a GIF image"),
  PNM("a PNM image"),
  PDF("a PDF document"),

  ZIP("a zip archive", Reason.NESTED_ARCHIVE),
  TAR("a tar archive", Reason.NESTED_ARCHIVE),
  GZIP("a gzip file", Reason.NESTED_ARCHIVE),
  ZSTD("a zstd file", Reason.NESTED_ARCHIVE),
  XZ("an xz file", Reason.NESTED_ARCHIVE),
  BZIP2("a bzip2 file", Reason.NESTED_ARCHIVE),
  SEVEN_ZIP("a 7z archive", Reason.NESTED_ARCHIVE),
  RAR("a rar archive", Reason.NESTED_ARCHIVE),

  OFFICE("an Office or OpenDocument file", Reason.UNSUPPORTED_FORMAT),
  OLD_OFFICE("an old Office file", Reason.UNSUPPORTED_FORMAT),
  WEBP("a WebP image", Reason.UNSUPPORTED_FORMAT),
  HEIF("a HEIF or AVIF image or a film", Reason.UNSUPPORTED_FORMAT),
  JPEG_2000("a JPEG 2000 image", Reason.UNSUPPORTED_FORMAT),
  JBIG2("a bare JBIG2 image", Reason.UNSUPPORTED_FORMAT),
  PHOTOSHOP("a Photoshop image", Reason.UNSUPPORTED_FORMAT),
  POSTSCRIPT("a PostScript file", Reason.UNSUPPORTED_FORMAT),
  RTF("an RTF document", Reason.UNSUPPORTED_FORMAT),
  MARKUP("HTML, SVG or XML", Reason.UNSUPPORTED_FORMAT),
  TEXT("plain text", Reason.UNSUPPORTED_FORMAT),
  UNKNOWN("nothing that is known here", Reason.UNSUPPORTED_FORMAT);

  /** How many bytes are looked at; a PDF's sign may come this late. */
  public static final int HEAD = 1024;

  /** The block that a tar's header fills, in bytes. */
  private static final int TAR_BLOCK = 512;

  private static final int USTAR_OFFSET = 257;
  private static final int TAR_SUM = 148;
  private static final int TAR_SUM_END = 156;

  /** Sizes of the header that follows the file header of 14 bytes: OS/2 1 and 2, Windows 3 to 5. */
  private static final Set<Integer> BMP_HEADERS =
      Set.of(12, 16, 24, 32, 36, 40, 42, 46, 48, 52, 56, 60, 64, 108, 124);

  /** Where the first entry's name begins in a zip. */
  private static final int ZIP_NAME = 30;

  /** What the first entry of a zip is called that is a document, followed by its content or not. */
  private static final List<String> OFFICE_NAMES =
      List.of(
          "[Content_Types].xml",
          "_rels/.rels",
          "docProps/app.xml",
          "docProps/core.xml",
          "word/document.xml",
          "xl/workbook.xml",
          "xl/worksheets/sheet1.xml",
          "ppt/presentation.xml",
          "mimetypeapplication/vnd.oasis",
          "mimetypeapplication/epub");

  /** What a person calls it, with its article. */
  public final String description;

  /** Why it is not read as an image, or null if it is. */
  public final Reason reason;

  FileSignature(String description) {
    this(description, null);
  }

  FileSignature(String description, Reason reason) {
    this.description = description;
    this.reason = reason;
  }

  /** Tells what a file is, by all of its bytes or the first {@value #HEAD}. */
  public static FileSignature of(byte[] bytes) {
    String head = new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.ISO_8859_1);
    // Before the late sign of a PDF may be an archive that holds the PDF, and a tar begins with a
    // name, which may be like anything.
    if (isTar(head)) {
      return TAR;
    }
    FileSignature image = image(head);
    if (image != null) {
      return image;
    }
    FileSignature archive = archive(head);
    if (archive != null) {
      return archive;
    }
    return head.contains("%PDF-") ? PDF : document(head);
  }

  /** Whether the first 512 bytes are the first of a tar, damaged perhaps. */
  public static boolean isTar(byte[] bytes) {
    return isTar(
        new String(bytes, 0, Math.min(bytes.length, TAR_BLOCK), StandardCharsets.ISO_8859_1));
  }

  private static FileSignature image(String head) {
    if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
      return PNG;
    } else if (head.startsWith("\u00ff\u00d8\u00ff")) {
      return JPEG;
    } else if (startsWithAny(head, "II*\0", "MM\0*", "II+\0", "MM\0+")) {
      return TIFF;
    } else if (startsWithAny(head, "GIF87a", "GIF89a")) {
      return GIF;
    } else if (isBmp(head)) {
      return BMP;
    } else if (head.matches("(?s)P[1-6][\\s#].*")) {
      return PNM;
    }
    return null;
  }

  /** OS/2 has arrays of bitmaps, too, with a header of 14 bytes before each. */
  private static boolean isBmp(String head) {
    int at = head.startsWith("BA") ? 14 : 0;
    return head.startsWith("BM", at)
        && head.length() >= at + 18
        && BMP_HEADERS.contains((int) head.charAt(at + 14))
        && head.startsWith("\0\0\0", at + 15);
  }

  private static FileSignature archive(String head) {
    if (isZip(head)) {
      return OFFICE_NAMES.stream().anyMatch(name -> head.startsWith(name, ZIP_NAME)) ? OFFICE : ZIP;
    } else if (head.startsWith("\u001f\u008b\b")) {
      return GZIP;
    } else if (isZstd(head)) {
      return ZSTD;
    } else if (head.startsWith("\u00fd7zXZ\0")) {
      return XZ;
    } else if (head.matches("(?s)BZh[1-9](1AY&SY|\u0017rE8P\u0090).*")) {
      return BZIP2;
    } else if (head.startsWith("7z\u00bc\u00af'\u001c")) {
      return SEVEN_ZIP;
    } else if (head.startsWith("Rar!\u001a\u0007")) {
      return RAR;
    }
    return null;
  }

  /** An entry, an end without one, of ZIP64 too, or the mark of a split zip before an entry. */
  private static boolean isZip(String head) {
    return startsWithAny(
        head,
        "PK\u0003\u0004",
        "PK\u0005\u0006",
        "PK\u0006\u0006",
        "PK\u0007\bPK\u0003\u0004",
        "PK00PK\u0003\u0004");
  }

  /** A frame, or one of the frames that are skipped (RFC 8878, 3.1.1 and 3.1.2). */
  private static boolean isZstd(String head) {
    return head.startsWith("(\u00b5/\u00fd")
        || (head.startsWith("*M\u0018", 1) && (head.charAt(0) & 0xf0) == 0x50);
  }

  /** A tar has a signature; before POSIX, its header's sum must do, and a name to begin with. */
  private static boolean isTar(String head) {
    return head.length() >= TAR_BLOCK
        && (head.startsWith("ustar", USTAR_OFFSET) || (head.charAt(0) > ' ' && hasTarSum(head)));
  }

  /**
   * A tar header holds the sum of its own bytes, with spaces in the sum's place; some programs add
   * up bytes with a sign.
   */
  private static boolean hasTarSum(String head) {
    String stored = head.substring(TAR_SUM, TAR_SUM_END).replace('\0', ' ').trim();
    if (!stored.matches("[0-7]{1,7}")) {
      return false;
    }
    int unsigned = 0;
    int signed = 0;
    for (int i = 0; i < TAR_BLOCK; i++) {
      char value = i >= TAR_SUM && i < TAR_SUM_END ? ' ' : head.charAt(i);
      unsigned += value;
      signed += (byte) value;
    }
    int sum = Integer.parseInt(stored, 8);
    return sum == unsigned || sum == signed;
  }

  private static FileSignature document(String head) {
    if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
      return WEBP;
    } else if (head.startsWith("ftyp", 4)) {
      return HEIF;
    } else if (startsWithAny(head, "\0\0\0\fjP  ", "\u00ffO\u00ffQ")) {
      return JPEG_2000;
    } else if (head.startsWith("\u0097JB2\r\n")) {
      return JBIG2;
    } else if (head.startsWith("8BPS")) {
      return PHOTOSHOP;
    } else if (head.startsWith("%!")) {
      return POSTSCRIPT;
    } else if (head.startsWith("{\\rtf")) {
      return RTF;
    } else if (head.startsWith("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1")) {
      return OLD_OFFICE;
    } else if (head.stripLeading().startsWith("<")) {
      return MARKUP;
    }
    return head.chars().allMatch(FileSignature::isText) ? TEXT : UNKNOWN;
  }

  private static boolean isText(int c) {
    return (c >= ' ' && c != 0x7f) || c == '\t' || c == '\n' || c == '\r' || c == '\f';
  }

  private static boolean startsWithAny(String head, String... signs) {
    return Arrays.stream(signs).anyMatch(head::startsWith);
  }
}
