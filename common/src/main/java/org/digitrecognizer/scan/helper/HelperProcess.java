// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.helper;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanLimits;

/** A {@link PageHelper} that runs. For one thread at a time. */
final class HelperProcess {

  private static final int SECONDS_TO_START = 120;

  /** Heap beyond what documents and pages take. */
  private static final long SPARE_BYTES = 192L << 20;

  /** Bytes of the heap that a pixel, and a byte of a document, may take. */
  private static final long BYTES_A_PIXEL = 8;

  private static final long BYTES_A_BYTE = 2;

  private static final int MOST_LAST_WORDS = 300;

  /** What a JVM takes options from, a debugger's port among them, that are not meant for this. */
  private static final List<String> OPTIONS_OF_OTHERS =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private final Process process;
  private final ScanLimits limits;
  private final Wire wire;
  private final PageClock clock;
  private final DataOutputStream requests;
  private final DataInputStream answers;

  /** Asks something, and takes the answer. */
  private interface Exchange<T> {
    T run() throws IOException;
  }

  private HelperProcess(Process process, ScanLimits limits) {
    this.process = process;
    this.limits = limits;
    this.wire = new Wire(limits);
    this.clock = new PageClock(process);
    this.requests = new DataOutputStream(process.getOutputStream());
    this.answers = new DataInputStream(process.getInputStream());
  }

  /**
   * Starts one.
   *
   * @throws UserException if no Java can be started
   */
  static HelperProcess start(ScanLimits limits) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return start(java.toString(), limits);
  }

  /**
   * @param java the program
   */
  static HelperProcess start(String java, ScanLimits limits) {
    ProcessBuilder builder = new ProcessBuilder(command(java, limits));
    Map<String, String> environment = builder.environment();
    OPTIONS_OF_OTHERS.forEach(environment::remove);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw cannotStart(java, e.getMessage(), e);
    }
    HelperProcess helper = new HelperProcess(process, limits);
    try {
      helper.within(SECONDS_TO_START, "start", helper::greeted);
      return helper;
    } catch (IOException | TimeoutException e) {
      throw cannotStart(java, e.getMessage(), e);
    }
  }

  private static List<String> command(String java, ScanLimits limits) {
    long wanted = SPARE_BYTES + BYTES_A_PIXEL * limits.pixels() + BYTES_A_BYTE * limits.bytes();
    long heap = Math.min(wanted, Runtime.getRuntime().maxMemory());
    return List.of(
        java,
        "-Xmx" + (heap >> 20) + "m",
        "-XX:+UseSerialGC",
        // It holds one document at a time, and gives back what a large page took.
        "-Xms48m",
        "-Xmn32m",
        "-XX:MinHeapFreeRatio=10",
        "-XX:MaxHeapFreeRatio=20",
        "-XX:-UsePerfData",
        "-XX:-CreateCoredumpOnCrash",
        "-Djava.awt.headless=true",
        "-Dorg.apache.commons.logging.Log=org.apache.commons.logging.impl.NoOpLog",
        "-cp",
        HelperClassPath.get(),
        PageHelper.class.getName(),
        Long.toString(limits.bytes()),
        Long.toString(limits.pixels()),
        Integer.toString(limits.pages()));
  }

  private static UserException cannotStart(String java, String why, Exception cause) {
    return new UserException(
        "PDF documents are decoded by a process of its own, so that none can stand still for ever,"
            + " and "
            + java
            + " cannot be started for it here: "
            + why
            + "; mend that, or set the limit on a page's seconds to 0, which does without",
        cause);
  }

  private Void greeted() throws IOException {
    try {
      if (answers.readLong() == Wire.GREETING) {
        return null;
      }
    } catch (EOFException e) {
      throw new IOException(lastWords(), e);
    }
    throw new IOException("it is no Java");
  }

  /** Returns what a process that did not come up says of it, or its exit status. */
  private String lastWords() throws IOException {
    byte[] said = process.getErrorStream().readNBytes(MOST_LAST_WORDS);
    String words = new String(said, Charset.defaultCharset()).strip().replaceAll("\\s+", " ");
    try {
      return words.isEmpty() ? "exit status " + process.waitFor() : words;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  ScanLimits limits() {
    return limits;
  }

  /**
   * Opens a document.
   *
   * @return how many pages it has; one that cannot be read has one
   * @throws TimeoutException if it took too long; the process is ended then
   * @throws IOException if the process is gone
   */
  int open(byte[] document) throws IOException, TimeoutException {
    return within(
        limits.pageSeconds(),
        "open the document",
        () -> {
          wire.writeOpen(requests, document);
          requests.flush();
          return wire.readCount(answers);
        });
  }

  /**
   * Decodes a page of the document that is open.
   *
   * @throws TimeoutException if it took too long; the process is ended then
   * @throws IOException if the process is gone
   */
  Outcome<GreyImage> page(int index) throws IOException, TimeoutException {
    return within(
        limits.pageSeconds(),
        "decode the page",
        () -> {
          wire.writeAskPage(requests, index);
          requests.flush();
          return wire.readPage(answers);
        });
  }

  /**
   * Lets go of the document.
   *
   * @throws IOException if the process is gone
   */
  void closeDocument() throws IOException {
    wire.writeClose(requests);
    requests.flush();
  }

  /** Ends the process, whatever it is at. */
  void end() {
    process.destroyForcibly();
  }

  /** Whatever does not end in a whole answer ends the process: what it says next is no answer. */
  private <T> T within(int seconds, String what, Exchange<T> exchange)
      throws IOException, TimeoutException {
    PageClock.Alarm alarm = clock.set(seconds);
    boolean whole = false;
    try {
      T answer = exchange.run();
      whole = true;
      return answer;
    } catch (IOException e) {
      if (alarm.rang()) {
        throw new TimeoutException("It takes more than " + seconds + " seconds to " + what);
      }
      throw e;
    } finally {
      alarm.cancel();
      if (!whole) {
        end();
      }
    }
  }
}
