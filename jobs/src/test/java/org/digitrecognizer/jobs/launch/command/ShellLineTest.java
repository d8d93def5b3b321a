// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellLineTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "spark.authenticate.secret=between us | spark.authenticate.secret=*****",
        "--conf=spark.hadoop.fs.s3a.secret.key=a=b | --conf=spark.hadoop.fs.s3a.secret.key=*****",
        "spark.hadoop.fs.s3a.access.key=AKIA | spark.hadoop.fs.s3a.access.key=*****",
        "spark.ssl.keyStorePassword=x | spark.ssl.keyStorePassword=*****",
        "spark.x.TOKEN= | spark.x.TOKEN=",
        "-Djavax.net.ssl.trustStorePassword=a b | -Djavax.net.ssl.trustStorePassword=*****",
        "spark.driver.extraJavaOptions=-Da=1 -Dx.password='a b' -Dc=2 |"
            + " spark.driver.extraJavaOptions=-Da=1 -Dx.password=***** -Dc=2",
        "SPARK_SUBMIT_OPTS=-Dmy.token=t -Db=1 | SPARK_SUBMIT_OPTS=-Dmy.token=***** -Db=1",
        "spark.hadoop.fs.s3a.aws.credentials.provider=a.B |"
            + " spark.hadoop.fs.s3a.aws.credentials.provider=a.B",
        "spark.executor.memory=3g | spark.executor.memory=3g",
      })
  void masksWhatNobodyElseMustKnow(String word, String shown) {
    assertThat(ShellLine.masked(word)).isEqualTo(shown);
  }

  @Test
  void leavesTheJobsOwnOptions() {
    assertThat(ShellLine.of(List.of("A=b c"), List.of("spark", "x.token=1", "--secret=it's"), 1))
        .isEqualTo("env 'A=b c' spark 'x.token=*****' '--secret=it'\\''s'");
  }
}
