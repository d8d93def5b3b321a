// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.helper;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.LinkedBlockingQueue;
import org.digitrecognizer.scan.ScanLimits;
import org.digitrecognizer.scan.ScanPages;
import org.digitrecognizer.scan.pdf.PdfDecoder;

/**
 * The program that decodes PDF documents for another process, as {@link Wire} says: it is asked on
 * standard input, and answers on standard output. It ends when its input does, and so when the
 * process that asks is gone, however long the page takes that it is at.
 */
public final class PageHelper {

  private final Wire wire;
  private final PdfDecoder decoder;
  private final DataOutputStream answers;
  private ScanPages pages;

  private PageHelper(ScanLimits limits, DataOutputStream answers) {
    this.wire = new Wire(limits);
    this.decoder = new PdfDecoder(limits);
    this.answers = answers;
  }

  /**
   * Answers until standard input ends.
   *
   * @param arguments the limits on bytes, pixels and pages
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    DataOutputStream answers =
        new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    ScanLimits limits =
        new ScanLimits(
            Long.parseLong(arguments[0]),
            Long.parseLong(arguments[1]),
            Integer.parseInt(arguments[2]));
    LinkedBlockingQueue<Wire.Request> requests = new LinkedBlockingQueue<>();
    PageHelper helper = new PageHelper(limits, answers);
    answers.writeLong(Wire.GREETING);
    answers.flush();
    // Nobody reads what libraries print from here on, and a full pipe would hold them.
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false);
    System.setOut(nowhere);
    System.setErr(nowhere);
    Thread reader = new Thread(() -> readUntilTheEnd(limits, requests), "requests");
    reader.setDaemon(true);
    reader.start();
    while (true) {
      helper.answer(requests.take());
    }
  }

  /** Reads on while a page is drawn, so that the end of the input is seen then, too. */
  private static void readUntilTheEnd(
      ScanLimits limits, LinkedBlockingQueue<Wire.Request> requests) {
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
    try {
      while (true) {
        requests.add(new Wire(limits).readRequest(in));
      }
    } catch (IOException | OutOfMemoryError e) {
      // The other process is gone, or what it says is not to be understood: it starts another.
      Runtime.getRuntime().halt(0);
    }
  }

  private void answer(Wire.Request request) throws IOException {
    if (request instanceof Wire.Page page) {
      wire.writePage(answers, pages.page(page.index()));
    } else {
      close();
    }
    if (request instanceof Wire.Open open) {
      pages = decoder.decode(open.document());
      wire.writeCount(answers, pages.count());
    }
    answers.flush();
  }

  private void close() {
    if (pages != null) {
      pages.close();
      pages = null;
    }
  }
}
