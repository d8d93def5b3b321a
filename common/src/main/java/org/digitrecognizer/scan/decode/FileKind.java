package org.digitrecognizer.scan.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.digitrecognizer.digit.Rejection.Reason;

/** What a file is, by the bytes that it begins with. */
public enum FileKind {
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

  /** What a person calls it, with its article. */
  public final String description;

  /** Why it is not read, or null if it is. */
  public final Reason reason;

  FileKind(String description) {
    this(description, null);
  }

  FileKind(String description, Reason reason) {
    this.description = description;
    this.reason = reason;
  }

  /**
   * Tells what a file is.
   *
   * @param bytes the file, or its beginning
   * @param length how many of the bytes are the file's
   */
  public static FileKind of(byte[] bytes, int length) {
    String head = new String(bytes, 0, Math.min(length, HEAD), StandardCharsets.ISO_8859_1);
    FileKind image = image(head);
    if (image != null) {
      return image;
    }
    // A PDF's sign may come late: before it may be the header of an archive that holds the PDF.
    FileKind archive = archive(head);
    if (archive != null) {
      return archive;
    }
    return head.contains("%PDF-") ? PDF : document(head);
  }

  private static FileKind image(String head) {
    if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
      return PNG;
    } else if (head.startsWith("\u00ff\u00d8\u00ff")) {
      return JPEG;
    } else if (startsWithAny(head, "II*\0", "MM\0*", "II+\0", "MM\0+")) {
      return TIFF;
    } else if (startsWithAny(head, "GIF87a", "GIF89a")) {
      return GIF;
    } else if (head.startsWith("BM") && head.length() > 14 && head.startsWith("\0\0\0\0", 6)) {
      return BMP;
    } else if (head.matches("(?s)P[1-6][\\s#].*")) {
      return PNM;
    }
    return null;
  }

  private static FileKind archive(String head) {
    if (startsWithAny(head, "PK\u0003\u0004", "PK\u0005\u0006", "PK\u0007\b")) {
      return isOffice(head) ? OFFICE : ZIP;
    } else if (head.startsWith("\u001f\u008b")) {
      return GZIP;
    } else if (head.startsWith("(\u00b5/\u00fd")) {
      return ZSTD;
    } else if (head.startsWith("\u00fd7zXZ\0")) {
      return XZ;
    } else if (head.matches("(?s)BZh[1-9].*")) {
      return BZIP2;
    } else if (head.startsWith("7z\u00bc\u00af'\u001c")) {
      return SEVEN_ZIP;
    } else if (head.startsWith("Rar!\u001a\u0007")) {
      return RAR;
    } else if (isTar(head)) {
      return TAR;
    }
    return null;
  }

  private static boolean isOffice(String head) {
    return head.startsWith("[Content_Types].xml", 30)
        || head.startsWith("mimetypeapplication/vnd.oasis", 30);
  }

  /** A tar header holds the sum of its own bytes, with spaces in the sum's place. */
  private static boolean isTar(String head) {
    if (head.length() < 512) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += i >= 148 && i < 156 ? ' ' : head.charAt(i);
    }
    String stored = head.substring(148, 156).replace('\0', ' ').trim();
    return stored.matches("[0-7]{1,7}")
        && Integer.parseInt(stored, 8) == sum
        && head.charAt(0) != 0;
  }

  private static FileKind document(String head) {
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
    return head.chars().allMatch(FileKind::isText) ? TEXT : UNKNOWN;
  }

  private static boolean isText(int c) {
    return (c >= ' ' && c != 0x7f) || c == '\t' || c == '\n' || c == '\r' || c == '\f';
  }

  private static boolean startsWithAny(String head, String... signs) {
    return Arrays.stream(signs).anyMatch(head::startsWith);
  }
}
