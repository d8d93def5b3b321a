// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.jobs.SmallMnist;
import org.digitrecognizer.jobs.score.Scans;
import org.digitrecognizer.scan.Drawing;
import org.digitrecognizer.scan.Encoding;

/**
 * A folder of archives of every kind that is split, streamed or broken in its own way. An entry's
 * name ends with the digit it shows; every tenth entry is no picture.
 */
final class ScanArchives {

  private static final int DIGITS = 100;
  private static final int PAGES = 3;

  private final Path directory;
  private final List<byte[]> scans = new ArrayList<>();
  private final List<Integer> labels =
      SmallMnist.test(DIGITS).stream().map(digit -> digit.label()).toList();
  private final Map<String, Integer> images = new TreeMap<>();

  ScanArchives(Path directory) throws IOException {
    this.directory = directory;
    for (int i = 0; i < DIGITS; i++) {
      scans.add(Scans.png(i));
    }
  }

  Path directory() {
    return directory;
  }

  /**
   * Returns how many images are in each file, by its path below the directory; but not how many a
   * reader finds in the zip that was cut short.
   */
  Map<String, Integer> images() {
    return images;
  }

  /** Writes some of every kind: of small scans about {@code 4.2 * size}, and some pages. */
  void writeAll(int size) throws IOException {
    zip("night.zip", 2 * size);
    tar("night.tar", 0, size);
    write("night.tar.gz", size, Scans.pack("gz", Scans.tar(entries(0, size))));
    byte[] zip = Scans.zip(entries(0, size / 4));
    write("cut-short.zip", 0, Arrays.copyOf(zip, zip.length * 2 / 3));
    images.remove("cut-short.zip");
    entries(0, size / 10).forEach((name, scan) -> write("folder/" + name, 1, scan));
    List<BufferedImage> pages = new ArrayList<>();
    for (int page = 0; page < PAGES; page++) {
      pages.add(Drawing.picture(Scans.digit(page).pixels(), DigitImage.WIDTH));
    }
    write("pages.tif", PAGES, Encoding.tiff(null, pages));
    write("pages.pdf", PAGES, Encoding.pdf(true, pages));
  }

  void zip(String name, int count) throws IOException {
    write(name, count, Scans.zip(entries(0, count)));
  }

  void tar(String name, int first, int count) throws IOException {
    write(name, count, Scans.tar(entries(first, count)));
  }

  private Map<String, byte[]> entries(int first, int count) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (int i = first; i < first + count; i++) {
      String name = "form%d/%05d-%d.png".formatted(i / 30, i, labels.get(i % DIGITS));
      byte[] text = "no picture".getBytes(StandardCharsets.US_ASCII);
      entries.put(name, i % 10 == 9 ? text : scans.get(i % DIGITS));
    }
    return entries;
  }

  private void write(String name, int count, byte[] content) {
    Path file = directory.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    images.put(name, count);
  }
}
