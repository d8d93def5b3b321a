// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PipelineTest {

  private final Queue<Long> done = new ConcurrentLinkedQueue<>();

  @Test
  void noChunkIsLeftOutOrDoneTwiceAndNeverAreMoreThanTwoUnderWay() throws IOException {
    AtomicInteger underWay = new AtomicInteger();
    Queue<Integer> seen = new ConcurrentLinkedQueue<>();
    Pipeline.run(
        20,
        chunk -> {
          seen.add(underWay.incrementAndGet());
          sleep(5);
          done.add(chunk);
          underWay.decrementAndGet();
        });
    assertThat(done).doesNotHaveDuplicates().hasSize(20).allMatch(chunk -> chunk < 20);
    assertThat(seen).containsOnly(1, 2);
  }

  @Test
  void aChunkBeginsWhileTheOneBeforeIsAtItsEnd() throws IOException {
    CountDownLatch second = new CountDownLatch(1);
    Pipeline.run(
        2,
        chunk -> {
          if (chunk == 0) {
            await(second);
          } else {
            second.countDown();
          }
          done.add(chunk);
        });
    assertThat(done).containsExactlyInAnyOrder(0L, 1L);
  }

  @Test
  void whenAChunkFailsTheOneBesideItEndsAndNoOtherBegins() {
    CountDownLatch failing = new CountDownLatch(1);
    IOException failure = new IOException("the disk is full");
    assertThatThrownBy(
            () ->
                Pipeline.run(
                    5,
                    chunk -> {
                      if (chunk == 0) {
                        failing.countDown();
                        throw failure;
                      }
                      await(failing);
                      sleep(50);
                      done.add(chunk);
                    }))
        .isSameAs(failure);
    assertThat(List.copyOf(done)).as("what had begun").isSubsetOf(1L).hasSize(1);
  }

  @Test
  void ofTwoFailuresNeitherIsLost() {
    CountDownLatch both = new CountDownLatch(2);
    assertThatThrownBy(
            () ->
                Pipeline.run(
                    2,
                    chunk -> {
                      both.countDown();
                      await(both);
                      throw new IllegalStateException("chunk " + chunk);
                    }))
        .isInstanceOf(IllegalStateException.class)
        .satisfies(
            e ->
                assertThat(List.of(e.getMessage(), e.getSuppressed()[0].getMessage()))
                    .containsExactlyInAnyOrder("chunk 0", "chunk 1"));
  }

  /** An archive that one task reads from front to back must not hold the others up. */
  @Test
  void aLongChunkKeepsOnePlaceOnly() throws IOException {
    CountDownLatch others = new CountDownLatch(4);
    Pipeline.run(
        5,
        chunk -> {
          if (chunk == 0) {
            await(others);
          }
          done.add(chunk);
          others.countDown();
        });
    assertThat(done).hasSize(5).endsWith(0L);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
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
