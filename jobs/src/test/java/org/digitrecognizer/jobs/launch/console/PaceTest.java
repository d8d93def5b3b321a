// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

  @Test
  void whatIsDoneAndItsTimeGiveTheRest() {
    assertThat(new Pace(600, 120).perSecond()).isEqualTo(5);
    assertThat(new Pace(600, 120).secondsLeft(1200)).hasValue(120);
    assertThat(new Pace(600, 120).secondsLeft(500)).as("more than there were to be").hasValue(0);
  }

  @Test
  void noNightIsForecastFromLessThanAMinute() {
    assertThat(new Pace(1000, 59).secondsLeft(1_000_000)).isEmpty();
    assertThat(new Pace(1000, 60).secondsLeft(1_000_000)).isPresent();
    assertThat(new Pace(1000, 5).secondsLeft(2000)).as("a few seconds more").hasValue(5);
  }

  @Test
  void nothingIsForecastFromNothing() {
    assertThat(new Pace(0, 100).secondsLeft(10)).isEmpty();
    assertThat(new Pace(0, 0).perSecond()).isZero();
  }
}
