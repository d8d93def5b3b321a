// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.spark;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.digitrecognizer.failure.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkVersionTest {

  @Test
  void theSparkOfTheBuildWillDo() {
    assertThatCode(SparkVersion::require).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "3.5.0, 2.12.18",
    "3.5.5, 2.12.15",
    "3.5.7-vendor1, 2.12.18",
    "4.0.4, 2.13.16",
    "4.2.0, 2.13.18"
  })
  void soWillItsSisters(String spark, String scala) {
    assertThatCode(() -> SparkVersion.require(spark, scala)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "3.4.4, 2.12.17",
    "3.5.5, 2.13.8",
    "4.0.0, 2.12.18",
    "3.50.1, 2.12.18",
    "40.0.0, 2.13.16"
  })
  void othersAreNamedWithWhatIsNeeded(String spark, String scala) {
    assertThatThrownBy(() -> SparkVersion.require(spark, scala))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "this is Spark %s with Scala %s, but the jar runs on Spark 3.5 with Scala 2.12"
                + " and on Spark 4 with Scala 2.13; let SPARK_HOME name such a one",
            spark, scala);
  }
}
