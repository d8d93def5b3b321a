// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.digitrecognizer.digit.GreyImage;

/**
 * The pages of one file, each decoded when it is asked for. A file that cannot be read at all is
 * one page that was rejected. For one thread, until closed.
 */
public final class ScanPages implements Iterator<Outcome<GreyImage>>, AutoCloseable {

  /** Where the pages come from. Neither throws anything but our own errors. */
  public interface Source extends AutoCloseable {

    int count();

    Outcome<GreyImage> page(int index);

    @Override
    default void close() {}
  }

  private final Source source;
  private int next;

  public ScanPages(Source source) {
    this.source = source;
  }

  public static ScanPages single(Outcome<GreyImage> page) {
    return new ScanPages(
        new Source() {
          @Override
          public int count() {
            return 1;
          }

          @Override
          public Outcome<GreyImage> page(int index) {
            return page;
          }
        });
  }

  /** Returns how many pages there are, read or not, at least 1. */
  public int count() {
    return source.count();
  }

  @Override
  public boolean hasNext() {
    return next < source.count();
  }

  @Override
  public Outcome<GreyImage> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The file has " + source.count() + " pages");
    }
    return page(next++);
  }

  /**
   * Decodes one page, whichever is next.
   *
   * @param index from 0, below {@link #count()}
   */
  public Outcome<GreyImage> page(int index) {
    return source.page(index);
  }

  @Override
  public void close() {
    source.close();
  }
}
