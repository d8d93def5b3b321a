// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.samples;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes a tar archive, nobody's, so that it is the same whoever makes it. */
final class TarWriter implements EntryWriter {

  private static final Date MODIFIED = Date.from(Instant.parse("2000-01-01T00:00:00Z"));

  private final TarArchiveOutputStream tar;

  TarWriter(OutputStream out) {
    tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
  }

  @Override
  public void write(String name, byte[] bytes) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setModTime(MODIFIED);
    entry.setNames("", "");
    entry.setIds(0, 0);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
