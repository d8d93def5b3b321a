// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import org.digitrecognizer.archive.ArchiveFormat;
import org.digitrecognizer.archive.tar.TarWalker;

/** Unpacks what a whole file or an entry is compressed with. */
public final class Compression {

  /** What xz may use to unpack: its strongest usual setting needs 65 MiB. */
  private static final int XZ_MEMORY_KIB = 128 << 10;

  /**
   * A library that comes to the damage while it fills a buffer throws, and what it has unpacked by
   * then is lost: no more than a tar's block, so that all entries before the damage can be read.
   */
  private static final int BUFFER = TarWalker.BLOCK;

  private Compression() {}

  /** Opens a compressed file, which may be several that are joined, with zeros behind them. */
  public static InputStream open(ArchiveFormat format, FileWindow file) throws IOException {
    InputStream unpacked =
        switch (format) {
          case TAR_GZIP -> new GzipMembers(file);
          case TAR_ZSTD -> new PaddedStream(zstd(file), file, PaddedStream::isNoZstd);
          case TAR_XZ -> xz(file);
          case TAR_BZIP2 ->
              new PaddedStream(new Bytewise(bzip2(file)), file, PaddedStream::isNoBzip2);
          default -> throw new IllegalArgumentException(format + " is not compressed");
        };
    return new BufferedInputStream(unpacked, BUFFER);
  }

  public static InputStream zstd(InputStream packed) throws IOException {
    return new ZstdCompressorInputStream(packed);
  }

  public static InputStream xz(InputStream packed) throws IOException {
    return XZCompressorInputStream.builder()
        .setInputStream(packed)
        .setDecompressConcatenated(true)
        .setMemoryLimitKiB(XZ_MEMORY_KIB)
        .get();
  }

  public static InputStream bzip2(InputStream packed) throws IOException {
    return new BZip2CompressorInputStream(packed, true);
  }
}
