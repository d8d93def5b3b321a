// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TickerTest {

  private static final Duration OFTEN = Duration.ofMillis(1);

  @Test
  @Timeout(60)
  void closingWaitsForATickThatIsUnderWay() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    Ticker ticker =
        new Ticker(
            "slow",
            OFTEN,
            () -> {
              begun.countDown();
              sleep(200);
              ended.incrementAndGet();
            });
    begun.await();
    ticker.close();
    int ticks = ended.get();
    assertThat(ticks).as("ticks that have ended").isPositive();
    sleep(300);
    assertThat(ended).as("none ended afterwards").hasValue(ticks);
  }

  @Test
  @Timeout(60)
  void aTickThatThrowsIsNotTheLast() throws InterruptedException {
    CountDownLatch ticks = new CountDownLatch(3);
    try (Ticker ticker =
        new Ticker(
            "throwing",
            OFTEN,
            () -> {
              ticks.countDown();
              if (ticks.getCount() == 2) {
                throw new IllegalStateException("of a connector");
              }
              throw new NoClassDefFoundError("of a jar that has gone");
            })) {
      assertThat(ticks.await(30, TimeUnit.SECONDS)).as("three ticks of %s", ticker).isTrue();
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
