// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.zip;

import static org.digitrecognizer.archive.zip.LittleEndian.int64;
import static org.digitrecognizer.archive.zip.LittleEndian.unsigned16;
import static org.digitrecognizer.archive.zip.LittleEndian.unsigned32;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.digitrecognizer.archive.io.EntryNames;

/**
 * What the extra fields of a header add: sizes beyond 4 GiB (PKWARE APPNOTE.TXT 6.3.10, 4.5.3) and
 * a name in UTF-8 (4.6.9). A field that is no such thing is left alone.
 */
final class ZipExtra {

  private static final int ZIP64 = 0x0001;
  private static final int UNICODE_NAME = 0x7075;
  private static final long SEE_ZIP64 = 0xFFFFFFFFL;

  private long unpacked;
  private long packed;
  private long start;
  private int unicodeStart;
  private int unicodeEnd;

  private ZipExtra(long unpacked, long packed, long start) {
    this.unpacked = unpacked;
    this.packed = packed;
    this.start = start;
  }

  /** Reads the fields that fill the bytes from a place on. */
  static ZipExtra read(byte[] bytes, int from, long unpacked, long packed, long start) {
    ZipExtra extra = new ZipExtra(unpacked, packed, start);
    int at = from;
    while (at + 4 <= bytes.length) {
      int id = unsigned16(bytes, at);
      int end = at + 4 + unsigned16(bytes, at + 2);
      if (end > bytes.length) {
        break;
      }
      if (id == ZIP64) {
        extra.readZip64(bytes, at + 4, end);
      } else if (id == UNICODE_NAME) {
        extra.unicodeStart = at + 4;
        extra.unicodeEnd = end;
      }
      at = end;
    }
    return extra;
  }

  long unpacked() {
    return unpacked;
  }

  long packed() {
    return packed;
  }

  long start() {
    return start;
  }

  /** Decodes the name that fills the first bytes. */
  String name(byte[] bytes, int length, boolean utf8) {
    byte[] raw = Arrays.copyOf(bytes, length);
    if (unicodeEnd - unicodeStart > 5
        && bytes[unicodeStart] == 1
        && unsigned32(bytes, unicodeStart + 1) == crc(raw)) {
      int from = unicodeStart + 5;
      return new String(bytes, from, unicodeEnd - from, StandardCharsets.UTF_8);
    }
    return EntryNames.ofZip(raw, utf8);
  }

  private void readZip64(byte[] bytes, int from, int end) {
    int at = from;
    if (unpacked == SEE_ZIP64 && at + 8 <= end) {
      unpacked = int64(bytes, at);
      at += 8;
    }
    if (packed == SEE_ZIP64 && at + 8 <= end) {
      packed = int64(bytes, at);
      at += 8;
    }
    if (start == SEE_ZIP64 && at + 8 <= end) {
      start = int64(bytes, at);
    }
  }

  private static long crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }
}
