// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.jobs.score.Night;
import org.digitrecognizer.jobs.score.Scans;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tasks send home to the driver, which has all of it in memory at once. */
class TaskResultTest {

  private static final int SCANS = 300;

  /** The least that the pictures of a task take: its digits, not to speak of their scans. */
  private static final long PICTURES = SCANS / 2 * 784L;

  @TempDir private Path directory;

  @Test
  void noPictureComesHomeWithATaskThoughAllAreShown() throws Exception {
    Night night = new Night(directory);
    night.put("a.zip", Scans.zip(Scans.pngs(0, SCANS / 2)));
    night.put("b.zip", Scans.zip(Scans.pngs(SCANS / 2, SCANS / 2)));
    SparkContext context = TestSpark.session().sparkContext();
    ResultSizes sizes = new ResultSizes();
    context.addSparkListener(sizes);
    try {
      night.score("--target-error", "0").succeeded();
      context.listenerBus().waitUntilEmpty();
    } finally {
      context.removeSparkListener(sizes);
    }
    assertThat(sizes.bytes).isNotEmpty().allMatch(size -> size < PICTURES / 4);
    assertThat(night.output().resolve("report/index.html"))
        .content()
        .contains("a.zip!/00000.png", "b.zip!/00299.png");
  }

  /** The sizes of the results of the tasks that score. */
  private static final class ResultSizes extends SparkListener {

    private final Set<Integer> stages = ConcurrentHashMap.newKeySet();
    private final Queue<Long> bytes = new ConcurrentLinkedQueue<>();

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted stage) {
      if (stage.properties().getProperty("spark.job.description", "").startsWith("Scoring batch")) {
        stages.add(stage.stageInfo().stageId());
      }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
      if (stages.contains(task.stageId())) {
        bytes.add(task.taskMetrics().resultSize());
      }
    }
  }
}
