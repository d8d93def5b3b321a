// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.jobs.SmallMnist;
import org.digitrecognizer.scan.Drawing;
import org.digitrecognizer.scan.Encoding;

/** Scans of MNIST digits, and archives of them. */
public final class Scans {

  private static final int KNOWN = 300;
  private static final List<DigitImage> DIGITS =
      SmallMnist.test(KNOWN).stream().map(LabelledDigit::image).toList();

  private Scans() {}

  /** Returns a digit of MNIST's test split. */
  public static DigitImage digit(int index) {
    return DIGITS.get(index % KNOWN);
  }

  /** Returns a digit as a PNG, pixel by pixel. */
  public static byte[] png(int index) throws IOException {
    return Encoding.image("png", Drawing.picture(digit(index).pixels(), DigitImage.WIDTH));
  }

  /** Returns PNG files of digits by name, {@code 00000.png} and so on. */
  public static Map<String, byte[]> pngs(int first, int count) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = first; i < first + count; i++) {
      files.put("%05d.png".formatted(i), png(i));
    }
    return files;
  }

  public static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  public static byte[] tar(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        // Keeps names as they are, a leading slash and dots included.
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  /**
   * Packs bytes.
   *
   * @param method as commons-compress names it
   */
  public static byte[] pack(String method, byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = packing(method, packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static OutputStream packing(String method, OutputStream packed) throws IOException {
    if (method.equals("zstd")) {
      // commons-compress' own writer calls what the zstd of Spark does not have yet.
      return new ZstdOutputStream(packed);
    }
    try {
      return new CompressorStreamFactory().createCompressorOutputStream(method, packed);
    } catch (CompressorException e) {
      throw new IOException(e);
    }
  }

  static Stream<String> packings() {
    return Stream.of("gz", "zstd", "xz", "bzip2");
  }
}
