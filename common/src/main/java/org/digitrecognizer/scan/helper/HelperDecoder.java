// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.helper;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanLimits;
import org.digitrecognizer.scan.ScanPages;
import org.digitrecognizer.scan.decode.Guard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes PDF documents in another process, which is ended when a page takes too long; another one
 * goes on with the next page. Any number of threads may share one.
 */
public final class HelperDecoder {

  private static final Logger LOG = LoggerFactory.getLogger(HelperDecoder.class);

  /** A process that ends of itself may have been ended by someone else. */
  private static final int ATTEMPTS = 2;

  private final ScanLimits limits;

  /**
   * @param limits with a positive number of seconds
   */
  public HelperDecoder(ScanLimits limits) {
    this.limits = limits;
  }

  /**
   * Decodes each page of a document when it is asked for.
   *
   * @param document its bytes; not copied
   * @throws org.digitrecognizer.failure.UserException if no Java can be started
   */
  public ScanPages decode(byte[] document) {
    Pages pages = new Pages(document);
    Outcome<Integer> count = pages.open();
    return count instanceof Outcome.Rejected<Integer> rejected
        ? ScanPages.single(new Outcome.Rejected<>(rejected.rejection()))
        : new ScanPages(pages);
  }

  private interface Request<T> {
    T send() throws IOException, TimeoutException;
  }

  private final class Pages implements ScanPages.Source {

    private final byte[] document;
    private int count;

    /** Has the document open; null if none has. */
    private HelperProcess helper;

    private Pages(byte[] document) {
      this.document = document;
    }

    private Outcome<Integer> open() {
      return ask(
          () -> {
            opened();
            return Outcome.ok(count);
          });
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public Outcome<GreyImage> page(int index) {
      return ask(() -> opened().page(index));
    }

    private HelperProcess opened() throws IOException, TimeoutException {
      if (helper == null) {
        HelperProcess taken = HelperPool.take(limits);
        count = taken.open(document);
        helper = taken;
      }
      return helper;
    }

    private <T> Outcome<T> ask(Request<Outcome<T>> request) {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        try {
          return request.send();
        } catch (TimeoutException e) {
          helper = null;
          return Outcome.rejected(Reason.TOO_LARGE, e.getMessage());
        } catch (IOException e) {
          LOG.info("A process that decodes PDF documents is gone: {}", e.toString());
          helper = null;
        } catch (OutOfMemoryError e) {
          // Of this process: the other one answers.
          helper = null;
          return Guard.beyondMemory("a page of a PDF document");
        }
      }
      return Outcome.rejected(
          Reason.TOO_LARGE, "The process that decodes it ended over it, " + ATTEMPTS + " times");
    }

    @Override
    public void close() {
      if (helper == null) {
        return;
      }
      try {
        helper.closeDocument();
        HelperPool.giveBack(helper);
      } catch (IOException e) {
        helper.end();
      }
      helper = null;
    }
  }
}
