// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.hadoop.conf.Configuration;

/**
 * Entries a second on one core, planned and read, beside the JDK and commons-compress on the same
 * file. Arguments: a folder, the number of entries, the bytes of each.
 */
final class ArchiveBenchmark {

  private static final int ROUNDS = 4;

  private ArchiveBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int entries = Integer.parseInt(arguments[1]);
    int size = Integer.parseInt(arguments[2]);
    Path zip = folder.resolve("benchmark.zip");
    Path tar = folder.resolve("benchmark.tar");
    writeZip(zip, entries, size);
    writeTar(tar, entries, size);
    for (int round = 0; round < ROUNDS; round++) {
      time("zip, plan", entries, () -> plan(zip));
      time("zip, plan and read", entries, () -> planAndRead(zip));
      time("zip, java.util.zip.ZipFile", entries, () -> readByJdk(zip));
      time("zip, java.util.zip.ZipInputStream", entries, () -> readStreamByJdk(zip));
      time("tar, plan", entries, () -> plan(tar));
      time("tar, plan and read", entries, () -> planAndRead(tar));
      time("tar, commons-compress", entries, () -> readByLibrary(tar));
    }
    Files.delete(zip);
    Files.delete(tar);
  }

  static void writeZip(Path target, int entries, int size) throws IOException {
    Random random = new Random(1);
    byte[] bytes = new byte[size];
    try (ZipOutputStream zip = new ZipOutputStream(open(target))) {
      for (int i = 0; i < entries; i++) {
        random.nextBytes(bytes);
        zip.putNextEntry(new ZipEntry("scans/%07d.png".formatted(i)));
        zip.write(bytes);
        zip.closeEntry();
      }
    }
  }

  static void writeTar(Path target, int entries, int size) throws IOException {
    Random random = new Random(1);
    byte[] bytes = new byte[size];
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(open(target))) {
      for (int i = 0; i < entries; i++) {
        random.nextBytes(bytes);
        Samples.put(tar, new TarArchiveEntry("scans/%07d.png".formatted(i)), bytes);
      }
    }
  }

  static long plan(Path archive) throws IOException {
    long files = 0;
    try (ArchivePlan plan = openPlan(archive)) {
      while (plan.hasNext()) {
        files += plan.next().files();
      }
    }
    return files;
  }

  static long planAndRead(Path archive) throws IOException {
    ArchiveReader reader = new ArchiveReader(new Configuration(), ArchiveLimits.DEFAULT);
    var path = new org.apache.hadoop.fs.Path(archive.toUri());
    long read = 0;
    try (ArchivePlan plan = openPlan(archive)) {
      while (plan.hasNext()) {
        try (ArchiveEntries entries = reader.open(path, plan.next())) {
          while (entries.hasNext()) {
            read += entries.next().size() > 0 ? 1 : 0;
          }
        }
      }
    }
    return read;
  }

  private static ArchivePlan openPlan(Path archive) throws IOException {
    return new ArchivePlanner(new Configuration(), new RangeSize(5_000, 64 << 20))
        .plan(new org.apache.hadoop.fs.Path(archive.toUri()), Files.size(archive));
  }

  private static long readByJdk(Path zip) throws IOException {
    long read = 0;
    try (ZipFile file = new ZipFile(zip.toFile())) {
      Enumeration<? extends ZipEntry> entries = file.entries();
      while (entries.hasMoreElements()) {
        read += file.getInputStream(entries.nextElement()).readAllBytes().length > 0 ? 1 : 0;
      }
    }
    return read;
  }

  private static long readStreamByJdk(Path zip) throws IOException {
    long read = 0;
    try (ZipInputStream in =
        new ZipInputStream(new java.io.BufferedInputStream(Files.newInputStream(zip), 1 << 20))) {
      while (in.getNextEntry() != null) {
        read += in.readAllBytes().length > 0 ? 1 : 0;
      }
    }
    return read;
  }

  private static long readByLibrary(Path tar) throws IOException {
    long read = 0;
    try (TarArchiveInputStream in =
        new TarArchiveInputStream(
            new java.io.BufferedInputStream(Files.newInputStream(tar), 1 << 20))) {
      while (in.getNextEntry() != null) {
        read += in.readAllBytes().length > 0 ? 1 : 0;
      }
    }
    return read;
  }

  private static void time(String what, int entries, Work work) throws IOException {
    long start = System.nanoTime();
    long done = work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT, "%-36s %9d entries %8.0f a second%n", what, done, entries / seconds);
    if (done != entries) {
      throw new IllegalStateException(done + " entries read of " + entries);
    }
  }

  private static OutputStream open(Path target) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(target), 1 << 20);
  }

  private interface Work {
    long run() throws IOException;
  }
}
