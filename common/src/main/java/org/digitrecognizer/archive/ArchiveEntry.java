// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive;

import java.util.Optional;
import org.digitrecognizer.digit.Rejection;

/**
 * A file found in an archive: either its bytes, unpacked and checked, or why there are none. What
 * is wrong with the archive itself is such a rejection too, of an entry without a name.
 */
public final class ArchiveEntry {

  private static final byte[] NOTHING = {};

  private final long ordinal;
  private final String name;
  private final byte[] bytes;
  private final Rejection rejection;

  private ArchiveEntry(long ordinal, String name, byte[] bytes, Rejection rejection) {
    this.ordinal = ordinal;
    this.name = name;
    this.bytes = bytes;
    this.rejection = rejection;
  }

  public static ArchiveEntry read(long ordinal, String name, byte[] bytes) {
    return new ArchiveEntry(ordinal, name, bytes, null);
  }

  public static ArchiveEntry rejected(long ordinal, String name, Rejection rejection) {
    return new ArchiveEntry(ordinal, name, NOTHING, rejection);
  }

  /**
   * Returns the place in the archive, from 0; of a rejection of the archive itself, the place of
   * the first entry that is lost.
   */
  public long ordinal() {
    return ordinal;
  }

  /**
   * Returns the name as the archive has it, only a name and no path to be trusted; empty for a
   * plain file and for a rejection of the archive itself.
   */
  public String name() {
    return name;
  }

  /** Returns the number of bytes, 0 if rejected. */
  public int size() {
    return bytes.length;
  }

  /** Returns the bytes, none if rejected; not a copy: whoever changes them spoils the entry. */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns why there are no bytes; empty if there are. */
  public Optional<Rejection> rejection() {
    return Optional.ofNullable(rejection);
  }
}
