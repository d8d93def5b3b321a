// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class PlainDriverTest {

  private static final Map<String, String> ONE_THREAD = Map.of("OMP_NUM_THREADS", "1");
  private static final long GIB = 1L << 30;

  private static SparkConf master(String master) {
    return new SparkConf(false).set("spark.master", master);
  }

  @Test
  void saysInOneLineWhatItCannotSetAnyMore() {
    assertThat(PlainDriver.lacks(master("local[2]"), Map.of(), "ANSI_X3.4-1968", GIB))
        .contains(
            "Started without submit/digits, which would have seen to: --driver-memory 2g;"
                + " OMP_NUM_THREADS=1 in the environment (threads inside tasks slow all of them);"
                + " LC_ALL=C.UTF-8 in the environment (files with letters beyond ASCII in their"
                + " names cannot be opened)");
  }

  @Test
  void saysNothingWhereNothingIsLacking() {
    assertThat(PlainDriver.lacks(master("local[2]"), ONE_THREAD, "UTF-8", 2 * GIB)).isEmpty();
    assertThat(PlainDriver.lacks(master("yarn"), Map.of(), "UTF-8", GIB))
        .as("executors read, with settings of their own")
        .isEmpty();
    SparkConf chosen = master("local").set("spark.driver.memory", "1g");
    assertThat(PlainDriver.lacks(chosen, ONE_THREAD, "UTF-8", GIB)).isEmpty();
  }

  @Test
  void theApplicationIsCalledAsTheJobUnlessTheUserNamesIt() {
    SparkConf conf = new SparkConf(false);
    assertThat(JobSession.named(conf, "digits score").get("spark.app.name"))
        .isEqualTo("digits score");
    conf.set("spark.app.name", JobSession.MAIN_CLASS);
    assertThat(JobSession.named(conf, "digits score").get("spark.app.name"))
        .as("where spark-submit took the class for a name")
        .isEqualTo("digits score");
    conf.set("spark.app.name", "mine");
    assertThat(JobSession.named(conf, "digits score").get("spark.app.name")).isEqualTo("mine");
  }
}
