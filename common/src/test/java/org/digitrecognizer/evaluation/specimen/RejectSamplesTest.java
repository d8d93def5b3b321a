// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.specimen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.digit.Rejection.Reason;
import org.junit.jupiter.api.Test;

class RejectSamplesTest {

  private static final List<Reason> REASONS =
      List.of(Reason.BLANK, Reason.CORRUPT, Reason.ENCRYPTED);

  @Test
  void keepsTheFirstOfEachReasonInAnyOrderAndPartitioning() {
    List<RejectedScan> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String source = "scan-%03d".formatted(i / 2);
      all.add(new RejectedScan(source, REASONS.get(i % 3), "detail " + i, Optional.empty()));
    }
    Map<Reason, List<String>> expected =
        all.stream()
            .sorted((a, b) -> (a.source() + a.detail()).compareTo(b.source() + b.detail()))
            .collect(
                Collectors.groupingBy(
                    RejectedScan::reason,
                    TreeMap::new,
                    Collectors.mapping(
                        RejectedScan::detail,
                        Collectors.collectingAndThen(
                            Collectors.toList(), list -> list.subList(0, 7)))));
    Random random = new Random(3);
    for (int parts = 1; parts < 12; parts++) {
      RejectSamples merged = new RejectSamples(7);
      for (int part = 0; part < parts; part++) {
        RejectSamples samples = new RejectSamples(7);
        for (int i = part; i < all.size(); i += parts) {
          samples.add(all.get(i));
        }
        merged.merge(samples);
      }
      assertThat(details(merged)).as("%s parts", parts).isEqualTo(expected);
      Collections.shuffle(all, random);
    }
  }

  @Test
  void scansAreTakenOnlyOfWhatStandsAChance() {
    RejectSamples samples = new RejectSamples(2);
    Rejection blank = new Rejection(Reason.BLANK, "no ink");
    List<String> taken = new ArrayList<>();
    for (String source : List.of("b", "d", "e", "a", "c")) {
      samples.add(
          source,
          blank,
          () -> {
            taken.add(source);
            return Optional.of(new GreyImage(1, 1, new byte[] {9}));
          });
    }
    assertThat(taken).containsExactly("b", "d", "a");
    assertThat(samples.byReason().get(Reason.BLANK))
        .extracting(RejectedScan::source)
        .containsExactly("a", "b");
    assertThat(samples.byReason().get(Reason.BLANK))
        .allSatisfy(sample -> assertThat(sample.scan().orElseThrow().pixels()).containsExactly(9));
  }

  private static Map<Reason, List<String>> details(RejectSamples samples) {
    Map<Reason, List<String>> details = new TreeMap<>();
    samples
        .byReason()
        .forEach((reason, s) -> details.put(reason, s.stream().map(r -> r.detail()).toList()));
    return details;
  }
}
