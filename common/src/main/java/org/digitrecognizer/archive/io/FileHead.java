// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.digitrecognizer.archive.ArchiveFormat;
import org.digitrecognizer.archive.zip.ZipEnd;
import org.digitrecognizer.digit.FileSignature;

/** Tells how a file is read: as an archive, or as it is. */
public final class FileHead {

  private static final byte[] PDF = "%PDF-".getBytes(StandardCharsets.US_ASCII);

  private FileHead() {}

  /**
   * Tells what a file is.
   *
   * @return ZIP also for a zip whose directory has yet to be found
   */
  public static ArchiveFormat detect(FileWindow file) throws IOException {
    FileSignature signature = FileSignature.of(file.readAt(0, FileSignature.HEAD));
    return switch (signature) {
      case TAR -> ArchiveFormat.TAR;
      case ZIP -> ArchiveFormat.ZIP;
      case GZIP -> ArchiveFormat.TAR_GZIP;
      case ZSTD -> ArchiveFormat.TAR_ZSTD;
      case XZ -> ArchiveFormat.TAR_XZ;
      case BZIP2 -> ArchiveFormat.TAR_BZIP2;
      case OFFICE, SEVEN_ZIP, RAR -> ArchiveFormat.PLAIN;
      default -> zipBehind(signature, file) ? ArchiveFormat.ZIP : ArchiveFormat.PLAIN;
    };
  }

  /** No one looks for a zip behind an image, or a document that begins as one. */
  private static boolean isWhole(FileSignature signature, FileWindow file) throws IOException {
    return signature == FileSignature.PDF
        ? Arrays.equals(file.readAt(0, PDF.length), PDF)
        : signature.reason == null;
  }

  /** Whether a zip has something in front of it, or is the last part of one that was split. */
  private static boolean zipBehind(FileSignature signature, FileWindow file) throws IOException {
    return !isWhole(signature, file)
        && (ZipEnd.find(file).filter(end -> end.entries() > 0).isPresent()
            || ZipEnd.isLastOfSplit(file));
  }
}
