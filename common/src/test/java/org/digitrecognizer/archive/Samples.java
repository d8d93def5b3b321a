// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Archives for tests, written by the JDK and by commons-compress. */
public final class Samples {

  private Samples() {}

  /** Files of all kinds of sizes, half of them random and half easy to pack. */
  public static Map<String, byte[]> files(int count, long seed) {
    Random random = new Random(seed);
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[1 + random.nextInt(i % 10 == 0 ? 40_000 : 900)];
      if (i % 2 == 0) {
        random.nextBytes(bytes);
      }
      bytes[0] = (byte) i;
      files.put("form%d/%05d.png".formatted(i % 7, i), bytes);
    }
    return files;
  }

  public static Path zip(Path target, Map<String, byte[]> files) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(buffered(target))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return target;
  }

  public static Path tar(Path target, Map<String, byte[]> files) throws IOException {
    return Files.write(target, tar(files));
  }

  static byte[] tar(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        put(tar, new TarArchiveEntry(file.getKey()), file.getValue());
      }
    }
    return bytes.toByteArray();
  }

  static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] bytes)
      throws IOException {
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  /** What must come out of an archive of these files, none of which is bad. */
  static List<Rows.Row> rows(Map<String, byte[]> files) {
    List<Rows.Row> rows = new ArrayList<>();
    files.forEach(
        (name, bytes) -> rows.add(Rows.Row.of(ArchiveEntry.read(rows.size(), name, bytes))));
    return rows;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  private static OutputStream buffered(Path target) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(target));
  }
}
