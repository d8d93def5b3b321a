// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.SparkException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.executor.CommitDeniedException;
import org.digitrecognizer.jobs.TestSpark;
import org.junit.jupiter.api.Test;

class AttemptsTest {

  private final JavaSparkContext context =
      JavaSparkContext.fromSparkContext(TestSpark.session().sparkContext());
  private final Attempts attempts = Attempts.of(context.sc());

  /** Runs a task that fails until it says that this may be its last attempt. */
  private int attemptsUntilLast(Attempts each, boolean counted) {
    return context.parallelize(List.of(1), 1).map(any -> attempt(each, counted)).collect().get(0);
  }

  private static int attempt(Attempts attempts, boolean counted) throws Exception {
    int number = TaskContext.get().attemptNumber();
    if (!attempts.mayBeLast()) {
      // Like the death of an executor, a commit that is denied is an attempt, and no failure.
      throw counted ? new Exception("failed") : new CommitDeniedException("denied", 0, 0, number);
    }
    return number + 1;
  }

  @Test
  void theLastAttemptIsKnown() {
    assertThat(attemptsUntilLast(attempts, true)).isEqualTo(attempts.most());
  }

  @Test
  void attemptsThatDoNotCountMakeItSoonerAndNeverLater() {
    int most = attempts.most() + 2;
    assertThat(attemptsUntilLast(new Attempts(most), false))
        .as("though Spark, which has counted no failure, would try on")
        .isEqualTo(most);
  }

  @Test
  void whoFailsAtTheLastAttemptEndsTheJob() {
    Attempts each = attempts;
    assertThatThrownBy(
            () ->
                context
                    .parallelize(List.of(1), 1)
                    .map(
                        any -> {
                          throw new Exception(each.mayBeLast() ? "the last" : "not the last");
                        })
                    .collect())
        .isInstanceOf(SparkException.class)
        .hasMessageContaining("the last")
        .hasMessageNotContaining("java.lang.Exception: not the last");
  }
}
