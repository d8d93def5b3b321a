// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.digitrecognizer.digit.GreyImage;

/**
 * How many scans one thread decodes and normalises in a second of processor time. Run it after
 * test-compile with {@code mvn -pl common exec:java -Dexec.classpathScope=test
 * -Dexec.mainClass=org.digitrecognizer.scan.ScanBenchmark}.
 */
final class ScanBenchmark {

  private static final int SCANS = 1000;
  private static final double SECONDS = Double.parseDouble(System.getProperty("seconds", "3"));

  private ScanBenchmark() {}

  /** Prints a line a size and format. */
  public static void main(String[] arguments) throws IOException {
    byte[][] digits = MnistDigits.images("t10k");
    for (int size : new int[] {20, 28, 52, 64, 128, 200}) {
      List<GreyImage> scans = new ArrayList<>();
      for (int i = 0; i < SCANS; i++) {
        // The sheet has a margin of an eighth on each side.
        GreyImage scan = Drawing.scan(digits[i], size * 4 / 5, i);
        scans.add(i % 2 == 0 ? scan : Drawing.inverted(scan));
      }
      measure(scans.get(0).width(), scans);
    }
  }

  private static void measure(int size, List<GreyImage> scans) throws IOException {
    ScanNormaliser normaliser = new ScanNormaliser();
    report("normalise", size, rate(i -> normaliser.normalise(scans.get(i))));
    ScanDecoder decoder = new ScanDecoder(ScanLimits.DEFAULT);
    for (String format : List.of("png", "jpeg", "tiff")) {
      List<byte[]> files = new ArrayList<>();
      for (GreyImage scan : scans) {
        BufferedImage picture = Drawing.picture(scan.pixels(), scan.width());
        files.add(Encoding.image(format, picture));
      }
      report("decode " + format, size, rate(i -> decode(decoder, files.get(i))));
    }
  }

  private static void decode(ScanDecoder decoder, byte[] file) throws IOException {
    try (ScanPages pages = decoder.decode(file)) {
      if (!(pages.next() instanceof Outcome.Ok)) {
        throw new AssertionError("A good file was rejected");
      }
    }
  }

  private interface Work {
    void on(int scan) throws IOException;
  }

  private static double rate(Work work) throws IOException {
    run(work, SECONDS);
    return run(work, SECONDS);
  }

  private static double run(Work work, double seconds) throws IOException {
    long start = cpuNanos();
    long done = 0;
    while (cpuNanos() - start < seconds * 1e9) {
      for (int i = 0; i < SCANS; i++) {
        work.on(i);
      }
      done += SCANS;
    }
    return done * 1e9 / (cpuNanos() - start);
  }

  /** Processor time of this thread, so that what else runs on the machine counts little. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void report(String what, int size, double rate) {
    System.out.printf(Locale.ROOT, "%-14s %3dx%-3d %,10.0f a second%n", what, size, size, rate);
  }
}
