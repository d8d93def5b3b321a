// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever happens to the bytes of a file, what comes out is pages and rejections. */
class ScanFuzzTest {

  private static final ScanLimits LIMITS = new ScanLimits(1 << 20, 200_000, 20);
  private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 150);

  private final ScanDecoder decoder = new ScanDecoder(LIMITS);
  private final ScanNormaliser normaliser = new ScanNormaliser();

  @Test
  @Timeout(300)
  void everyDamagedFileEndsInPagesOrRejections() throws IOException {
    List<byte[]> files = DamagedScans.files();
    int rejected = 0;
    for (int file = 0; file < files.size(); file++) {
      for (int round = 0; round < ROUNDS; round++) {
        Random random = new Random(1000L * file + round);
        rejected += read(DamagedScans.damage(files.get(file), random));
      }
    }
    assertThat(rejected).as("or the damage did none").isGreaterThan(files.size() * ROUNDS / 4);
  }

  private int read(byte[] bytes) throws IOException {
    int rejected = 0;
    int read = 0;
    try (ScanPages pages = decoder.decode(bytes)) {
      while (pages.hasNext()) {
        read++;
        Outcome<GreyImage> page = pages.next();
        if (page instanceof Outcome.Ok<GreyImage> ok) {
          assertThat(ok.value().pixels().length).isLessThanOrEqualTo((int) LIMITS.pixels());
          assertThat(normaliser.normalise(ok.value())).isNotNull();
        } else {
          rejected++;
          Rejection rejection = ((Outcome.Rejected<GreyImage>) page).rejection();
          assertThat(rejection.detail()).isNotBlank().doesNotContain("\n");
        }
      }
      assertThat(read).isEqualTo(pages.count()).isBetween(1, LIMITS.pages());
    }
    return rejected;
  }
}
