// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import java.io.IOException;
import java.io.InputStream;
import org.digitrecognizer.digit.FileSignature;

/**
 * What a file is, by the bytes that it begins with.
 *
 * @param description what a person calls it, with its article
 * @param readable whether it is decoded
 */
public record ScanFormat(String description, boolean readable) {

  /**
   * Looks at the beginning of a file.
   *
   * @param in at the beginning; stays open
   * @throws IOException if the stream fails
   */
  public static ScanFormat of(InputStream in) throws IOException {
    byte[] head = in.readNBytes(FileSignature.HEAD);
    if (head.length == 0) {
      return new ScanFormat("an empty file", false);
    }
    FileSignature kind = FileSignature.of(head);
    return new ScanFormat(kind.description, kind.reason == null);
  }
}
