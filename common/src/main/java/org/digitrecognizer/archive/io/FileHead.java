package org.digitrecognizer.archive.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.digitrecognizer.archive.ArchiveFormat;
import org.digitrecognizer.archive.tar.TarWalker;
import org.digitrecognizer.archive.zip.ZipEnd;

/** Tells by the first bytes of a file what it is. */
public final class FileHead {

  private static final byte[] USTAR = ascii("ustar");
  private static final int USTAR_OFFSET = 257;

  private static final byte[] GZIP = {0x1F, (byte) 0x8B, 8};
  private static final byte[] ZSTD = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};
  private static final byte[] ZSTD_SKIPPABLE = {0x2A, 0x4D, 0x18};
  private static final byte[] XZ = {(byte) 0xFD, '7', 'z', 'X', 'Z', 0};
  private static final byte[] BZIP2_BLOCK = {0x31, 0x41, 0x59, 0x26, 0x53, 0x59};
  private static final byte[] BZIP2_END = {0x17, 0x72, 0x45, 0x38, 0x50, (byte) 0x90};

  private static final List<byte[]> ZIP =
      List.of(
          new byte[] {'P', 'K', 3, 4},
          new byte[] {'P', 'K', 5, 6},
          new byte[] {'P', 'K', 6, 6},
          new byte[] {'P', 'K', 7, 8, 'P', 'K', 3, 4},
          new byte[] {'P', 'K', '0', '0', 'P', 'K', 3, 4});

  /** Starts of files that are read as they are, so that no one looks for a zip at their end. */
  private static final List<byte[]> IMAGES =
      List.of(
          new byte[] {(byte) 0x89, 'P', 'N', 'G'},
          new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF},
          new byte[] {'I', 'I', '*', 0},
          new byte[] {'M', 'M', 0, '*'},
          ascii("GIF8"),
          ascii("%PDF-"),
          ascii("BM"),
          ascii("P1"),
          ascii("P2"),
          ascii("P3"),
          ascii("P4"),
          ascii("P5"),
          ascii("P6"));

  private FileHead() {}

  /**
   * Tells what a file is.
   *
   * @return ZIP also for a zip whose directory has yet to be found
   */
  public static ArchiveFormat detect(FileWindow file) throws IOException {
    byte[] head = file.readAt(0, TarWalker.BLOCK);
    if (isTar(head)) {
      return ArchiveFormat.TAR;
    }
    if (startsWithAny(head, ZIP)) {
      return ArchiveFormat.ZIP;
    }
    ArchiveFormat compressed = compressed(head);
    if (compressed != ArchiveFormat.PLAIN || startsWithAny(head, IMAGES)) {
      return compressed;
    }
    boolean zipBehindSomething = ZipEnd.find(file).filter(end -> end.entries() > 0).isPresent();
    return zipBehindSomething ? ArchiveFormat.ZIP : ArchiveFormat.PLAIN;
  }

  /** Whether a block of 512 bytes is the first of a tar, damaged perhaps. */
  public static boolean isTar(byte[] head) {
    if (head.length < TarWalker.BLOCK) {
      return false;
    }
    return has(head, USTAR_OFFSET, USTAR) || isOldTar(head);
  }

  /** V7 has no signature: its checksum and a name that starts with no control character will do. */
  private static boolean isOldTar(byte[] head) {
    return Byte.toUnsignedInt(head[0]) > ' ' && TarWalker.isHeader(head);
  }

  private static ArchiveFormat compressed(byte[] head) {
    if (has(head, 0, GZIP)) {
      return ArchiveFormat.TAR_GZIP;
    }
    boolean skippable = head.length > 0 && (head[0] & 0xF0) == 0x50 && has(head, 1, ZSTD_SKIPPABLE);
    if (has(head, 0, ZSTD) || skippable) {
      return ArchiveFormat.TAR_ZSTD;
    }
    if (has(head, 0, XZ)) {
      return ArchiveFormat.TAR_XZ;
    }
    boolean bzip2 = has(head, 0, ascii("BZh"));
    if (bzip2 && (has(head, 4, BZIP2_BLOCK) || has(head, 4, BZIP2_END))) {
      return ArchiveFormat.TAR_BZIP2;
    }
    return ArchiveFormat.PLAIN;
  }

  private static boolean startsWithAny(byte[] head, List<byte[]> magics) {
    return magics.stream().anyMatch(magic -> has(head, 0, magic));
  }

  private static boolean has(byte[] head, int at, byte[] magic) {
    if (head.length < at + magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if (head[at + i] != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
