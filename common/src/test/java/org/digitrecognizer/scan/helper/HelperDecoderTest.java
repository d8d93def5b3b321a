// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.helper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.scan.Encoding;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanDecoder;
import org.digitrecognizer.scan.ScanLimits;
import org.digitrecognizer.scan.ScanPages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Documents that are decoded in a process of its own are the same, and none stands still. */
@Timeout(300)
class HelperDecoderTest {

  private static final ScanLimits LIMITS = new ScanLimits(1 << 20, 1_000_000, 20, 60);
  private static final ScanLimits SHORT = new ScanLimits(1 << 20, 1_000_000, 20, 3);

  @Test
  void pagesAreThoseThatThisProcessDecodes() throws IOException {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY);
    image.createGraphics().drawString("7", 10, 20);
    List<byte[]> files =
        List.of(
            Encoding.pdf(true, List.of(image, image)),
            Encoding.pdf(false, List.of(image)),
            "%PDF-1.7 and nothing else".getBytes(StandardCharsets.US_ASCII),
            Encoding.pdf(true, List.of(new BufferedImage(2000, 600, 10))));
    for (byte[] file : files) {
      List<Outcome<GreyImage>> here = decode(file, new ScanLimits(1 << 20, 1_000_000, 20));
      List<Outcome<GreyImage>> there = decode(file, LIMITS);
      assertThat(there).usingRecursiveComparison().isEqualTo(here);
    }
  }

  @Test
  void aPageThatTakesTooLongIsTooLargeAndItsNeighboursAreRead() throws IOException {
    List<Outcome<GreyImage>> pages = decode(EndlessDocument.ofThreePages(), SHORT);
    assertThat(pages).hasSize(3);
    assertThat(pages.get(0)).isInstanceOf(Outcome.Ok.class);
    assertThat(rejection(pages.get(1)))
        .isEqualTo(
            new Rejection(Reason.TOO_LARGE, "It takes more than 3 seconds to decode the page"));
    assertThat(pages.get(2)).isInstanceOf(Outcome.Ok.class);
  }

  @Test
  void aProcessThatIsKilledMeanwhileIsReplaced() throws IOException {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY);
    byte[] file = Encoding.pdf(true, List.of(image, image, image));
    try (ScanPages pages = new ScanDecoder(LIMITS).decode(file)) {
      assertThat(pages.next()).isInstanceOf(Outcome.Ok.class);
      helpers(ProcessHandle.current()).forEach(ProcessHandle::destroyForcibly);
      assertThat(pages.next()).isInstanceOf(Outcome.Ok.class);
      assertThat(pages.next()).isInstanceOf(Outcome.Ok.class);
    }
  }

  /** It hangs in a page, and so does not ask for its input. */
  @Test
  void noProcessIsLeftWhereTheOneThatAskedIsKilled() throws Exception {
    Process reader =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                EndlessDocument.class.getName())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(reader.getInputStream(), StandardCharsets.US_ASCII))) {
      assertThat(said.readLine()).isEqualTo("first page read");
      List<ProcessHandle> helpers = helpers(reader.toHandle());
      assertThat(helpers).hasSize(1);
      reader.destroyForcibly();
      assertThat(helpers.get(0).onExit().get(60, TimeUnit.SECONDS).isAlive()).isFalse();
    }
  }

  @Test
  void whereNoJavaCanBeStartedOneLineSaysSo() {
    assertThatThrownBy(() -> HelperProcess.start("/nowhere/java", LIMITS))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "PDF documents are decoded by a process of its own, so that none can stand still for"
                + " ever, and /nowhere/java cannot be started for it here: ")
        .hasMessageEndingWith(
            "; mend that, or set the limit on a page's seconds to 0, which does without")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aProgramThatIsNoJavaSaysWhatItSays() {
    assertThatThrownBy(() -> HelperProcess.start("/bin/false", LIMITS))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("/bin/false cannot be started for it here: exit status 1;");
  }

  private static List<ProcessHandle> helpers(ProcessHandle parent) {
    return parent.children().toList();
  }

  private static List<Outcome<GreyImage>> decode(byte[] file, ScanLimits limits) {
    List<Outcome<GreyImage>> outcomes = new ArrayList<>();
    try (ScanPages pages = new ScanDecoder(limits).decode(file)) {
      pages.forEachRemaining(outcomes::add);
    }
    return outcomes;
  }

  private static Rejection rejection(Outcome<GreyImage> page) {
    return ((Outcome.Rejected<GreyImage>) page).rejection();
  }
}
