// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.samples;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Writes a zip archive. The entries are stored as they are: PNG images are packed already. */
final class ZipWriter implements EntryWriter {

  private static final LocalDateTime MODIFIED = LocalDateTime.of(2000, 1, 1, 0, 0);

  private final ZipArchiveOutputStream zip;
  private final CRC32 crc = new CRC32();

  ZipWriter(OutputStream out) {
    zip = new ZipArchiveOutputStream(out);
  }

  @Override
  public void write(String name, byte[] bytes) throws IOException {
    crc.reset();
    crc.update(bytes);
    ZipArchiveEntry entry = new ZipArchiveEntry(name);
    entry.setTimeLocal(MODIFIED);
    entry.setMethod(ZipArchiveEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    zip.putArchiveEntry(entry);
    zip.write(bytes);
    zip.closeArchiveEntry();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
