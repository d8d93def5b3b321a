// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanDecoder;
import org.digitrecognizer.scan.ScanLimits;
import org.digitrecognizer.scan.ScanPages;

/** Scans of numbers: a zip archive whose entries are called {@code DIGITS_anything.png}. */
public final class NumberSet {

  private NumberSet() {}

  /**
   * A scan and what it shows.
   *
   * @param name of its entry
   */
  public record Labelled(String number, String name, GreyImage scan) {}

  /** Reads all of them. */
  public static List<Labelled> read(String archive) throws IOException {
    ScanDecoder decoder = new ScanDecoder(ScanLimits.DEFAULT);
    List<Labelled> all = new ArrayList<>();
    try (ZipFile zip = new ZipFile(archive)) {
      for (Enumeration<? extends ZipEntry> e = zip.entries(); e.hasMoreElements(); ) {
        ZipEntry entry = e.nextElement();
        byte[] bytes;
        try (InputStream in = zip.getInputStream(entry)) {
          bytes = in.readAllBytes();
        }
        try (ScanPages pages = decoder.decode(bytes)) {
          GreyImage scan = ((Outcome.Ok<GreyImage>) pages.next()).value();
          all.add(new Labelled(entry.getName().replaceFirst("_.*", ""), entry.getName(), scan));
        }
      }
    }
    return all;
  }
}
