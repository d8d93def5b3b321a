// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What an auditor signs. */
class CertificateTest {

  private static final String UNSHOWN =
      "Not yet shown how often what the machine let stand is wrong";

  private static Certificate of(long audited, long right, long wrong) {
    return of(audited, right, wrong, 0);
  }

  private static Certificate of(long audited, long right, long wrong, long byOne) {
    return Certificate.of(
        new Certificate.About(1L, 41_230, 0.001, 0.99, "a", null, 2, "b"),
        audited,
        right,
        wrong,
        byOne,
        List.of("ann"),
        List.of());
  }

  @Test
  void enoughWithoutErrorsShowsTheTarget() {
    Certificate certificate = of(5000, 5000, 0);
    assertThat(certificate.shown()).isTrue();
    assertThat(certificate.sentence())
        .startsWith("Accepted 41,230, audited 5,000, wrong 0: at most 0.")
        .endsWith(" in 1,000 wrong (95 %); numbers keyed once 0.37, keyed twice 0.046.");
  }

  @Test
  void whatIsNotAnsweredCountsAsWrongAboveAndAsRightBelow() {
    Certificate certificate = of(5000, 4000, 0);
    assertThat(certificate.unanswered()).isEqualTo(1000);
    assertThat(certificate.atMost()).isGreaterThan(0.2).isEqualTo(AuditBounds.upper(1000, 5000));
    assertThat(certificate.atLeast()).isZero();
    assertThat(certificate.sentence())
        .startsWith("Not yet shown")
        .contains("not yet answered 1,000");
  }

  @Test
  void fewAnswersShowNothing() {
    assertThat(of(300, 300, 0).sentence())
        .startsWith(UNSHOWN + ", too few audited for 1.0 in 1,000: accepted 41,230, audited 300");
    assertThat(of(0, 0, 0).sentence())
        .isEqualTo(UNSHOWN + ": accepted 41,230, none of them audited.");
    assertThat(of(0, 0, 0).atMost()).isEqualTo(1);
    assertThat(of(300, 0, 0).sentence())
        .isEqualTo(UNSHOWN + ": accepted 41,230, audited 300, no answer counts yet.");
  }

  @Test
  void manyErrorsShowThatTheTargetIsMissed() {
    Certificate certificate = of(5000, 4950, 50);
    assertThat(certificate.atLeast()).isGreaterThan(0.001);
    assertThat(certificate.sentence())
        .startsWith(
            "The target of 1.0 in 1,000 is missed: accepted 41,230, audited 5,000, wrong 50:");
  }

  @Test
  void whereOnePersonKeyedTwiceItSaysSo() {
    Certificate certificate = of(5000, 4950, 50, 2);
    assertThat(certificate.wrongByOne()).isEqualTo(2);
    assertThat(certificate.sentence())
        .contains("audited 5,000, wrong 50 (2 keyed twice by one person): at least");
  }
}
