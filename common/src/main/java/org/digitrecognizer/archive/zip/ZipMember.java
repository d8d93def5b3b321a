// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.zip;

import static org.digitrecognizer.archive.zip.LittleEndian.int32;
import static org.digitrecognizer.archive.zip.LittleEndian.unsigned16;
import static org.digitrecognizer.archive.zip.LittleEndian.unsigned32;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.digitrecognizer.archive.io.Damage;
import org.digitrecognizer.archive.io.EntryNames;
import org.digitrecognizer.archive.io.FileWindow;

/**
 * A header of a zip's entry, from the central directory or from before the entry itself (PKWARE
 * APPNOTE.TXT 6.3.10, 4.3.7 and 4.3.12).
 *
 * @param rawName the bytes of the name, one a character
 * @param name the name decoded
 * @param flags the general purpose bits
 * @param method how it is packed
 * @param crc CRC-32 of the unpacked bytes
 * @param packed bytes in the zip
 * @param unpacked bytes unpacked
 * @param start where the local header starts, in bytes from the start of the zip
 * @param data where the packed bytes start, in bytes of the file; 0 in the central directory
 * @param mode the Unix file mode, 0 if there is none
 */
public record ZipMember(
    String rawName,
    String name,
    int flags,
    int method,
    long crc,
    long packed,
    long unpacked,
    long start,
    long data,
    int mode) {

  public static final int CENTRAL_SIGNATURE = 0x02014b50;
  static final int LOCAL_SIGNATURE = 0x04034b50;
  static final int LOCAL_SIZE = 30;

  private static final int CENTRAL_SIZE = 46;
  private static final int ENCRYPTED_FLAG = 1;
  private static final int DESCRIPTOR_FLAG = 1 << 3;
  private static final int UTF8_FLAG = 1 << 11;
  private static final int AES_METHOD = 99;
  private static final int UNIX = 3;
  private static final int MACOS = 19;
  private static final int LINK = 0xA000;
  private static final int FILE_TYPE = 0xF000;

  /**
   * Reads the header at the window's position in the central directory, and goes past it.
   *
   * @throws Damage if there is none
   */
  static ZipMember readCentral(FileWindow file) throws IOException {
    long offset = file.position();
    byte[] fixed = file.readNBytes(CENTRAL_SIZE);
    if (fixed.length < CENTRAL_SIZE || int32(fixed, 0) != CENTRAL_SIGNATURE) {
      throw damagedDirectory(offset);
    }
    int nameLength = unsigned16(fixed, 28);
    int extraLength = unsigned16(fixed, 30);
    int commentLength = unsigned16(fixed, 32);
    byte[] variable = file.readNBytes(nameLength + extraLength);
    if (variable.length < nameLength + extraLength || file.skip(commentLength) < commentLength) {
      throw damagedDirectory(offset);
    }
    ZipExtra extra =
        ZipExtra.read(
            variable,
            nameLength,
            unsigned32(fixed, 24),
            unsigned32(fixed, 20),
            unsigned32(fixed, 42));
    int system = fixed[5];
    int mode = system == UNIX || system == MACOS ? unsigned16(fixed, 40) : 0;
    int flags = unsigned16(fixed, 8);
    return new ZipMember(
        new String(variable, 0, nameLength, StandardCharsets.ISO_8859_1),
        extra.name(variable, nameLength, (flags & UTF8_FLAG) != 0),
        flags,
        unsigned16(fixed, 10),
        unsigned32(fixed, 16),
        extra.packed(),
        extra.unpacked(),
        extra.start(),
        0,
        mode);
  }

  /**
   * Reads the header that stands before an entry.
   *
   * @throws Damage if there is none
   */
  static ZipMember readLocal(FileWindow file, long offset) throws IOException {
    byte[] fixed =
        offset < 0 || offset >= file.length() ? new byte[0] : file.readAt(offset, LOCAL_SIZE);
    if (fixed.length < LOCAL_SIZE || int32(fixed, 0) != LOCAL_SIGNATURE) {
      throw Damage.corrupt("No entry starts at byte " + offset + ", where one should");
    }
    int nameLength = unsigned16(fixed, 26);
    int extraLength = unsigned16(fixed, 28);
    byte[] variable = file.readNBytes(nameLength + extraLength);
    if (variable.length < nameLength + extraLength) {
      throw Damage.corrupt("The file ends within the header at byte " + offset);
    }
    ZipExtra extra =
        ZipExtra.read(variable, nameLength, unsigned32(fixed, 22), unsigned32(fixed, 18), offset);
    int flags = unsigned16(fixed, 6);
    return new ZipMember(
        new String(variable, 0, nameLength, StandardCharsets.ISO_8859_1),
        extra.name(variable, nameLength, (flags & UTF8_FLAG) != 0),
        flags,
        unsigned16(fixed, 8),
        unsigned32(fixed, 14),
        extra.packed(),
        extra.unpacked(),
        offset,
        file.position(),
        0);
  }

  /** Whether it is yielded or rejected: all but directories and hidden files. */
  boolean isFile() {
    return !EntryNames.isDirectory(name) && !EntryNames.isHidden(name);
  }

  boolean isLink() {
    return (mode & FILE_TYPE) == LINK;
  }

  boolean isEncrypted() {
    return (flags & ENCRYPTED_FLAG) != 0 || method == AES_METHOD;
  }

  /** Whether sizes and CRC stand behind the entry, and those in the local header say nothing. */
  boolean hasDescriptor() {
    return (flags & DESCRIPTOR_FLAG) != 0;
  }

  /** Where the entry ends at the earliest, in bytes from the start of the zip. */
  long leastEnd() {
    return start + LOCAL_SIZE + rawName.length() + packed;
  }

  /** Whether this local header tells the same as the one in the central directory. */
  boolean agreesWith(ZipMember central) {
    return rawName.equals(central.rawName)
        && method == central.method
        && isEncrypted() == central.isEncrypted()
        && (hasDescriptor()
            || (packed == central.packed && unpacked == central.unpacked && crc == central.crc));
  }

  ZipMember withSizes(long knownCrc, long knownPacked, long knownUnpacked) {
    return new ZipMember(
        rawName, name, flags, method, knownCrc, knownPacked, knownUnpacked, start, data, mode);
  }

  private static Damage damagedDirectory(long offset) {
    return Damage.unreadable("The central directory of the zip is damaged at byte " + offset);
  }
}
