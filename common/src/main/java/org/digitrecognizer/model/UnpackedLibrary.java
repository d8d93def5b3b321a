// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.model;

import java.io.IOException;
import java.net.URL;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/**
 * ND4J's native library, unpacked to where JavaCPP keeps it. JavaCPP would do so itself, but where
 * there is no room it says of the library only that it cannot be opened.
 */
final class UnpackedLibrary {

  private static final long MEGABYTE = 1_000_000;

  private UnpackedLibrary() {}

  /**
   * Unpacks it, unless it is there.
   *
   * @param library in its jar
   * @return what is wrong, if it cannot be unpacked
   */
  static Optional<String> problem(URL library) {
    try {
      Loader.cacheResource(library);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "ND4J's native library%s cannot be unpacked into %s: %s; make room there, or name another"
                  .formatted(size(library), folder(), e.getMessage())
              + " folder with -Dorg.bytedeco.javacpp.cachedir=DIR");
    }
  }

  private static String size(URL library) {
    try {
      return ", %d MB,".formatted(library.openConnection().getContentLengthLong() / MEGABYTE);
    } catch (IOException e) {
      return "";
    }
  }

  private static String folder() {
    try {
      return Loader.getCacheDir().toString();
    } catch (IOException e) {
      return "any folder (" + e.getMessage() + ")";
    }
  }
}
