// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.jobs.SmallMnist;
import org.digitrecognizer.jobs.SmallModel;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.model.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fails while Spark starts is tried again where it is needed. */
class EarlyModelTest {

  private static final Configuration CONFIGURATION = new Configuration();

  @TempDir private Path directory;

  @Test
  void aModelThatWasNotThereAtFirstIsOpenedAndSentAllTheSame() throws Exception {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(TestSpark.session().sparkContext());
    Path late = directory.resolve("late");
    EarlyModel early = failed(late);
    FileUtils.copyDirectory(SmallModel.trained().toFile(), late.toFile());
    Model model = early.get(CONFIGURATION);

    List<DigitImage> images = SmallMnist.train(20).stream().map(LabelledDigit::image).toList();
    Function<DigitReader, List<Integer>> digits =
        reader -> reader.read(images).stream().map(Reading::digit).toList();
    try (NetworkBroadcast sent = early.broadcast(context, model);
        NetworkBroadcast direct = NetworkBroadcast.of(context, model)) {
      assertThat(sent.withReader(digits)).hasSize(20).isEqualTo(direct.withReader(digits));
    }
  }

  @Test
  void whatIsStillMissingIsSaidWhereItIsNeeded() throws InterruptedException {
    EarlyModel early = failed(directory.resolve("none"));
    assertThatThrownBy(() -> early.get(CONFIGURATION))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("none");
  }

  /** Returns a model that could not be opened while there was time. */
  private static EarlyModel failed(Path directory) throws InterruptedException {
    EarlyModel early = EarlyModel.open(new org.apache.hadoop.fs.Path(directory.toUri()), null);
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals(EarlyModel.THREAD)) {
        thread.join();
      }
    }
    return early;
  }
}
