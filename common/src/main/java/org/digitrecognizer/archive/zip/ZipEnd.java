// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.zip;

import static org.digitrecognizer.archive.zip.LittleEndian.int64;
import static org.digitrecognizer.archive.zip.LittleEndian.unsigned16;
import static org.digitrecognizer.archive.zip.LittleEndian.unsigned32;

import java.io.IOException;
import java.util.Optional;
import org.digitrecognizer.archive.io.FileWindow;

/**
 * Where the central directory of a zip is, as the record at the end of the file says (PKWARE
 * APPNOTE.TXT 6.3.10, 4.3.14 to 4.3.16).
 *
 * @param directory offset of the first header, in bytes of the file
 * @param directoryEnd offset after the last header
 * @param entries number of entries; modulo 65,536 if the zip is not a ZIP64
 * @param zipStart what to add to the offsets in the zip to get those in the file
 */
public record ZipEnd(long directory, long directoryEnd, long entries, long zipStart) {

  static final int SIGNATURE = 0x06054b50;

  private static final int SIZE = 22;
  private static final int LONGEST_COMMENT = 0xFFFF;
  private static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int LOCATOR_SIZE = 20;
  private static final int ZIP64_SIGNATURE = 0x06064b50;
  private static final int ZIP64_SIZE = 56;

  /** A comment can be made of fake records only; no honest one holds more than a few. */
  private static final int MOST_TRIES = 100;

  /**
   * Looks for the record from the end of the file on. A signature in the comment is passed over if
   * no central directory stands where it points to.
   */
  public static Optional<ZipEnd> find(FileWindow file) throws IOException {
    long tailStart = Math.max(0, file.length() - SIZE - LONGEST_COMMENT);
    byte[] tail = file.readAt(tailStart, (int) (file.length() - tailStart));
    int tries = 0;
    for (int at = tail.length - SIZE; at >= 0 && tries < MOST_TRIES; at--) {
      if (tail[at] == 'P' && LittleEndian.int32(tail, at) == SIGNATURE) {
        tries++;
        Optional<ZipEnd> end = read(file, tail, at, tailStart + at);
        if (end.isPresent()) {
          return end;
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the file ends with the record of a zip that began in another file. */
  public static boolean isLastOfSplit(FileWindow file) throws IOException {
    long tailStart = Math.max(0, file.length() - SIZE - LONGEST_COMMENT);
    byte[] tail = file.readAt(tailStart, (int) (file.length() - tailStart));
    for (int at = tail.length - SIZE; at >= 0; at--) {
      if (tail[at] == 'P' && LittleEndian.int32(tail, at) == SIGNATURE) {
        int disk = unsigned16(tail, at + 4);
        boolean commentFits = at + SIZE + unsigned16(tail, at + 20) == tail.length;
        return commentFits && disk > 0 && unsigned16(tail, at + 6) <= disk;
      }
    }
    return false;
  }

  /** Whether a directory with this many entries is what the record promises. */
  boolean isComplete(long seen) {
    return seen == entries || (entries <= 0xFFFF && (seen & 0xFFFF) == entries);
  }

  private static Optional<ZipEnd> read(FileWindow file, byte[] tail, int at, long offset)
      throws IOException {
    Optional<ZipEnd> zip64 = readZip64(file, offset);
    if (zip64.isPresent()) {
      return zip64;
    }
    boolean oneDisk = unsigned16(tail, at + 4) == 0 && unsigned16(tail, at + 6) == 0;
    boolean commentFits = at + SIZE + unsigned16(tail, at + 20) <= tail.length;
    if (!oneDisk || !commentFits) {
      return Optional.empty();
    }
    return locate(
        file,
        offset,
        unsigned16(tail, at + 10),
        unsigned32(tail, at + 12),
        unsigned32(tail, at + 16));
  }

  private static Optional<ZipEnd> readZip64(FileWindow file, long end) throws IOException {
    long locatorOffset = end - LOCATOR_SIZE;
    if (locatorOffset < ZIP64_SIZE) {
      return Optional.empty();
    }
    byte[] locator = file.readAt(locatorOffset, LOCATOR_SIZE);
    if (locator.length < LOCATOR_SIZE || LittleEndian.int32(locator, 0) != LOCATOR_SIGNATURE) {
      return Optional.empty();
    }
    Optional<ZipEnd> found = readZip64Record(file, int64(locator, 8), locatorOffset);
    return found.isPresent()
        ? found
        : readZip64Record(file, locatorOffset - ZIP64_SIZE, locatorOffset);
  }

  private static Optional<ZipEnd> readZip64Record(FileWindow file, long offset, long locatorOffset)
      throws IOException {
    if (offset < 0 || offset > locatorOffset - ZIP64_SIZE) {
      return Optional.empty();
    }
    byte[] bytes = file.readAt(offset, ZIP64_SIZE);
    if (bytes.length < ZIP64_SIZE
        || LittleEndian.int32(bytes, 0) != ZIP64_SIGNATURE
        || unsigned32(bytes, 16) != 0
        || unsigned32(bytes, 20) != 0) {
      return Optional.empty();
    }
    return locate(file, offset, int64(bytes, 32), int64(bytes, 40), int64(bytes, 48));
  }

  /** Right before the record is where a directory belongs; its offset is the second guess. */
  private static Optional<ZipEnd> locate(
      FileWindow file, long end, long entries, long size, long offset) throws IOException {
    if (entries < 0 || size < 0 || size > end || offset < 0) {
      return Optional.empty();
    }
    if (entries == 0 && size == 0) {
      return Optional.of(new ZipEnd(end, end, 0, 0));
    }
    for (long directory : new long[] {end - size, offset}) {
      if (directory <= end - size && startsDirectory(file, directory)) {
        return Optional.of(new ZipEnd(directory, directory + size, entries, directory - offset));
      }
    }
    return Optional.empty();
  }

  private static boolean startsDirectory(FileWindow file, long offset) throws IOException {
    byte[] bytes = file.readAt(offset, 4);
    return bytes.length == 4 && LittleEndian.int32(bytes, 0) == ZipMember.CENTRAL_SIGNATURE;
  }
}
