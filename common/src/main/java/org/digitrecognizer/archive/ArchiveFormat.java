// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive;

/** What a file is, by its content. */
public enum ArchiveFormat {
  /** The file was gone when it was planned. */
  GONE("missing file"),
  /** No archive: the file is its own single entry. */
  PLAIN("plain file"),
  /** A zip with its central directory. */
  ZIP("zip"),
  /** A zip whose central directory is missing or damaged: read from front to back. */
  ZIP_WITHOUT_DIRECTORY("damaged zip"),
  /** An uncompressed tar. */
  TAR("tar"),
  /** A file in gzip format; so far unknown whether it holds a tar. */
  TAR_GZIP("gzip"),
  /** A file in Zstandard format; so far unknown whether it holds a tar. */
  TAR_ZSTD("Zstandard"),
  /** A file in xz format; so far unknown whether it holds a tar. */
  TAR_XZ("xz"),
  /** A file in bzip2 format; so far unknown whether it holds a tar. */
  TAR_BZIP2("bzip2");

  private final String label;

  ArchiveFormat(String label) {
    this.label = label;
  }

  /** Returns the name for people. */
  public String label() {
    return label;
  }

  /** Whether it is one range whatever its size, since it can only be read from the front. */
  public boolean isCompressedTar() {
    return compareTo(TAR_GZIP) >= 0;
  }
}
