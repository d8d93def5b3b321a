// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sizes beyond what fits the usual fields and a small heap. */
@Tag("slow")
class LargeArchiveTest {

  private static final int MILLION = 1_000_000;

  @TempDir Path folder;

  @Test
  void aMillionEntriesOfAZipFitASmallHeapAndBadOnesToo() throws Exception {
    Path zip = folder.resolve("million.zip");
    ArchiveBenchmark.writeZip(zip, MILLION, 100);
    assertThat(readInSmallHeap(zip)).isEqualTo("1000000 planned, 1000000 read");
    try (RandomAccessFile file = new RandomAccessFile(zip.toFile(), "rw")) {
      file.setLength(file.length() - 1);
    }
    assertThat(readInSmallHeap(zip)).isEqualTo("-1 planned, 1000000 read");
  }

  @Test
  void aMillionEntriesOfATarFitASmallHeap() throws Exception {
    Path tar = folder.resolve("million.tar");
    ArchiveBenchmark.writeTar(tar, MILLION, 100);
    assertThat(readInSmallHeap(tar)).isEqualTo("1000000 planned, 1000000 read");
  }

  /** Two entries with 5 GiB between them, and a directory behind: the file has a hole. */
  @Test
  void offsetsBeyondFourGibibytesAreRead() throws IOException {
    byte[] text = Samples.ascii("text");
    RawZip.Header header = new RawZip.Header("a.png", 0, text, text);
    long far = 5L << 30;
    byte[] first = new RawZip().local(header).raw(text).bytes();
    byte[] zip64 = new byte[12];
    littleEndian(zip64).putShort((short) 1).putShort((short) 8).putLong(far);
    RawZip.Header distant = header.withName(Samples.ascii("b.png"), zip64);
    byte[] directory = new RawZip().list(header, 0, 0).list(distant, 0xFFFFFFFFL, 0).directory();
    byte[] second =
        new RawZip().local(header.withName(Samples.ascii("b.png"), new byte[0])).raw(text).bytes();
    Path zip = folder.resolve("far.zip");
    try (RandomAccessFile file = new RandomAccessFile(zip.toFile(), "rw")) {
      file.write(first);
      file.seek(far);
      file.write(second);
      file.write(directory);
      file.write(zip64End(2, directory.length, far + second.length));
    }
    for (long targetEntries : new long[] {1, 2}) {
      assertThat(Rows.of(zip, targetEntries).names()).containsExactly("a.png", "b.png");
      assertThat(Rows.of(zip, targetEntries).rejected()).isEmpty();
    }
  }

  private static byte[] zip64End(long entries, long size, long offset) {
    byte[] bytes = new byte[56 + 20 + 22];
    ByteBuffer end = littleEndian(bytes);
    end.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45).putLong(0);
    end.putLong(entries).putLong(entries).putLong(size).putLong(offset);
    end.putInt(0x07064b50).putInt(0).putLong(offset + size).putInt(1);
    end.putInt(0x06054b50).putInt(0).putInt(-1).putInt(-1).putInt(-1);
    return bytes;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String readInSmallHeap(Path archive) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx64m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    SmallHeap.class.getName(),
                    archive.toString()))
            .redirectError(folder.resolve("errors").toFile())
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("%s", Files.readString(folder.resolve("errors"))).isZero();
    return Files.readString(output).strip();
  }

  /** What the process with the small heap runs. */
  static final class SmallHeap {

    private SmallHeap() {}

    public static void main(String[] arguments) throws IOException {
      Path archive = Path.of(arguments[0]);
      System.out.println(
          ArchiveBenchmark.plan(archive)
              + " planned, "
              + ArchiveBenchmark.planAndRead(archive)
              + " read");
    }
  }
}
