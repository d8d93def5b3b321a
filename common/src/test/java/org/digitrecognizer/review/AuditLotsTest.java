// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is drawn for the audit. */
class AuditLotsTest {

  private static List<String> sources(int count) {
    return IntStream.range(0, count).mapToObj(i -> "file:/a.zip!/" + i + ".png").toList();
  }

  private static List<String> lowest(AuditLots lots, List<String> sources) {
    LowestLots<String> lowest = new LowestLots<>(lots.most());
    sources.stream()
        .filter(lots::mayDraw)
        .forEach(source -> lowest.offer(lots.lot(source), () -> source));
    return lowest.lowest();
  }

  @Test
  void thoseWithTheLowestLotsAreKeptWhateverTheirOrder() {
    AuditLots lots = AuditLots.of(7, "seed").among(100);
    List<String> sources = sources(100);
    List<String> drawn = lowest(lots, sources);
    assertThat(drawn).hasSize(7).isNotEqualTo(sources.subList(0, 7));
    List<String> others = sources.stream().filter(source -> !drawn.contains(source)).toList();
    assertThat(others).allMatch(other -> lots.lot(other) > lots.lot(drawn.get(6)));
    assertThat(lowest(lots, sources.stream().sorted().toList())).isEqualTo(drawn);
  }

  @Test
  void anotherSeedDrawsOthers() {
    List<String> sources = sources(100);
    assertThat(lowest(AuditLots.of(7, "a"), sources))
        .isNotEqualTo(lowest(AuditLots.of(7, "b"), sources));
  }

  @Test
  void ofManyImagesThriceAsManyAsAreDrawnMayBe() {
    AuditLots lots = AuditLots.of(100, "seed").among(10_000);
    assertThat((double) sources(10_000).stream().filter(lots::mayDraw).count())
        .isCloseTo(300, within(60.0));
  }

  @Test
  void nothingIsDrawnWhereNobodyAsks() {
    assertThat(lowest(AuditLots.of(0, "seed"), sources(10))).isEmpty();
    assertThat(lowest(AuditLots.of(10, "seed").among(0), sources(3))).hasSize(3);
  }

  @Test
  void enoughIsHalfAsManyAgainAsThereIsOneErrorAmong() {
    assertThat(AuditLots.enoughFor(0.005)).isEqualTo(300);
    assertThat(AuditLots.enoughFor(0.001)).isEqualTo(1000);
    assertThat(AuditLots.enoughFor(0)).isZero();
    assertThat(AuditLots.enoughFor(1)).isEqualTo(2);
  }

  @Test
  void fewReadingsAreNotAllKeyedAgainUnlessSomebodyAsks() {
    assertThat(AuditSize.enoughFor(0.001).among(871)).isEqualTo(88);
    assertThat(AuditSize.enoughFor(0.001).among(1_000_000)).isEqualTo(1000);
    assertThat(AuditSize.of(500).among(871)).isEqualTo(500);
    assertThat(AuditSize.NONE.among(871)).isZero();
  }
}
