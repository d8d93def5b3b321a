// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.digitrecognizer.jobs.TestSpark;
import org.junit.jupiter.api.Test;

class ExecutorCoresTest {

  private final SparkConf conf = new SparkConf(false);

  @Test
  void localModeHasTheCoresOfItsMaster() {
    assertThat(ExecutorCores.count(TestSpark.session().sparkContext())).isEqualTo(2);
  }

  @Test
  void withoutSettingsNothingIsExpected() {
    assertThat(ExecutorCores.expected(conf)).isEmpty();
    // Not a number of executors, only of cores in each.
    assertThat(ExecutorCores.expected(conf.set("spark.executor.cores", "4"))).isEmpty();
  }

  @Test
  void numberOfExecutorsTimesTheirCoresIsExpected() {
    conf.set("spark.executor.instances", "3");
    assertThat(ExecutorCores.expected(conf)).hasValue(3);
    assertThat(ExecutorCores.expected(conf.set("spark.executor.cores", "4"))).hasValue(12);
  }

  @Test
  void totalCoresOfAStandaloneClusterAreExpected() {
    assertThat(ExecutorCores.expected(conf.set("spark.cores.max", "6"))).hasValue(6);
  }

  @Test
  void dynamicAllocationBeginsWithTheMostOfThreeSettings() {
    conf.set("spark.dynamicAllocation.enabled", "true").set("spark.executor.cores", "2");
    conf.set("spark.dynamicAllocation.maxExecutors", "100").set("spark.cores.max", "50");
    assertThat(ExecutorCores.expected(conf)).isEmpty();
    conf.set("spark.dynamicAllocation.minExecutors", "3");
    assertThat(ExecutorCores.expected(conf)).hasValue(6);
    conf.set("spark.dynamicAllocation.initialExecutors", "4");
    assertThat(ExecutorCores.expected(conf)).hasValue(8);
    conf.set("spark.executor.instances", "5");
    assertThat(ExecutorCores.expected(conf)).hasValue(10);
  }
}
