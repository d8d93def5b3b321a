// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.samples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.digitrecognizer.digit.DigitImage;

/** What every archive of scans holds sooner or later and a reader must reject, one of each. */
final class Extras {

  private static final String FOLDER = "extras/";

  private final ScanPainter painter;
  private final PngEncoder encoder;

  Extras(ScanPainter painter, PngEncoder encoder) {
    this.painter = painter;
    this.encoder = encoder;
  }

  /**
   * Returns the entries by their names: a blank sheet, two digits side by side, text, half a PNG,
   * and a zip archive with a scan in it.
   */
  Map<String, byte[]> entries(DigitImage first, DigitImage second) throws IOException {
    byte[] scan = encoder.encode(painter.paint(first));
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(FOLDER + "blank.png", encoder.encode(painter.paintNothing()));
    entries.put(FOLDER + "two-digits.png", encoder.encode(painter.paintPair(first, second)));
    entries.put(
        FOLDER + "text.png",
        "This is no image, whatever its name says.\n".getBytes(StandardCharsets.US_ASCII));
    entries.put(FOLDER + "cut-short.png", Arrays.copyOf(scan, scan.length / 2));
    entries.put(FOLDER + "nested.zip", zip(scan));
    return entries;
  }

  private static byte[] zip(byte[] scan) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (EntryWriter writer = new ZipWriter(bytes)) {
      writer.write("scan.png", scan);
    }
    return bytes.toByteArray();
  }
}
