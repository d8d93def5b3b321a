// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.zip;

import static org.digitrecognizer.archive.zip.LittleEndian.int32;
import static org.digitrecognizer.archive.zip.LittleEndian.int64;
import static org.digitrecognizer.archive.zip.LittleEndian.unsigned32;

import java.io.IOException;
import java.util.Optional;
import org.digitrecognizer.archive.io.FileWindow;

/**
 * What stands behind an entry that was written without knowing its size (PKWARE APPNOTE.TXT 6.3.10,
 * 4.3.9): needed only where there is no central directory to tell.
 *
 * @param crc CRC-32 of the unpacked bytes
 * @param packed bytes in the zip
 * @param unpacked bytes unpacked
 * @param end offset after the descriptor, in bytes of the file
 */
record ZipDescriptor(long crc, long packed, long unpacked, long end) {

  private static final int SIGNATURE = 0x08074b50;
  private static final int LONGEST = 24;
  private static final int CHUNK = 64 << 10;

  /**
   * Looks for the first descriptor whose packed size is its own distance from the entry's data,
   * with a signature of its own or without one and right before the next header.
   *
   * @param data where the packed bytes start, in bytes of the file
   */
  static Optional<ZipDescriptor> find(FileWindow file, long data) throws IOException {
    long chunkStart = data;
    while (true) {
      byte[] chunk = file.readAt(chunkStart, CHUNK);
      for (int at = 0; at + 4 <= chunk.length; at++) {
        if (chunk[at] == 'P' && chunk[at + 1] == 'K') {
          Optional<ZipDescriptor> found = read(chunk, at, chunkStart, data);
          if (found.isPresent()) {
            return found;
          }
        }
      }
      if (chunk.length < CHUNK) {
        return Optional.empty();
      }
      chunkStart += CHUNK - 2 * LONGEST;
    }
  }

  private static Optional<ZipDescriptor> read(byte[] chunk, int at, long chunkStart, long data) {
    int signature = int32(chunk, at);
    if (signature == SIGNATURE) {
      return read(chunk, at, at + 4, chunkStart, data);
    }
    if (signature == ZipMember.LOCAL_SIGNATURE || signature == ZipMember.CENTRAL_SIGNATURE) {
      Optional<ZipDescriptor> small = read(chunk, at - 12, at - 12, chunkStart, data);
      return small.isPresent() ? small : read(chunk, at - 20, at - 20, chunkStart, data);
    }
    return Optional.empty();
  }

  private static Optional<ZipDescriptor> read(
      byte[] chunk, int start, int fields, long chunkStart, long data) {
    long distance = chunkStart + start - data;
    if (start < 0 || distance < 0) {
      return Optional.empty();
    }
    if (fields + 20 <= chunk.length && int64(chunk, fields + 4) == distance) {
      long end = chunkStart + fields + 20;
      return Optional.of(
          new ZipDescriptor(unsigned32(chunk, fields), distance, int64(chunk, fields + 12), end));
    }
    if (fields + 12 <= chunk.length && unsigned32(chunk, fields + 4) == distance) {
      long end = chunkStart + fields + 12;
      return Optional.of(
          new ZipDescriptor(
              unsigned32(chunk, fields), distance, unsigned32(chunk, fields + 8), end));
    }
    return Optional.empty();
  }
}
