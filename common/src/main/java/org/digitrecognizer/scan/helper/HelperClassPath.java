// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.helper;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.logging.LogFactory;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.digitrecognizer.failure.UserException;
import org.slf4j.Logger;

/**
 * Where a helper finds its classes: where this process has loaded them from. Spark loads jars by
 * class loaders of its own, so that Java's own class path does not name them.
 */
final class HelperClassPath {

  private HelperClassPath() {}

  /**
   * Returns the class path.
   *
   * @throws UserException if the classes come from no file
   */
  static String get() {
    Set<String> places = new LinkedHashSet<>();
    for (Class<?> needed : List.of(PageHelper.class, LogFactory.class, Logger.class)) {
      places.add(place(needed));
    }
    if (places.add(place(PDDocument.class))) {
      // Not the one jar that holds all, so that all was given to Java.
      places.add(System.getProperty("java.class.path"));
    }
    return String.join(File.pathSeparator, places);
  }

  private static String place(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    URL url = source == null ? null : source.getLocation();
    try {
      if (url != null && url.getProtocol().equals("file")) {
        return Path.of(url.toURI()).toString();
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw new UserException(
        "PDF documents are decoded by a process of its own, which cannot load "
            + type.getName()
            + " from "
            + url
            + ": it must be in a jar on this machine; set the limit on a page's seconds to 0 to do"
            + " without the process");
  }
}
