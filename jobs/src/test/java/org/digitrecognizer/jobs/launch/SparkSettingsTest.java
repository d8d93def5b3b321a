package org.digitrecognizer.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SparkSettingsTest {

  private static final SparkSettings SETTINGS =
      SparkSettings.common().require("spark.must", "ours").advise("spark.may", "ours");

  @Test
  void runsOnAllCoresOfThisMachineUnlessToldOtherwise() {
    SparkConf conf = SETTINGS.applyTo(new SparkConf(false));
    assertThat(conf.get("spark.master")).isEqualTo("local[*]");
    assertThat(conf.get("spark.executorEnv.OMP_NUM_THREADS")).isEqualTo("1");
    assertThat(conf.get("spark.driver.host")).isEqualTo("127.0.0.1");
    assertThat(conf.get("spark.driver.bindAddress")).isEqualTo("127.0.0.1");
    assertThat(conf.get("spark.ui.enabled")).isEqualTo("false");
  }

  @Test
  void requiredSettingsWinAndAdviceGivesWay() {
    SparkConf site =
        new SparkConf(false)
            .set("spark.must", "site")
            .set("spark.may", "site")
            .set("spark.ui.enabled", "true")
            .set("spark.executorEnv.OMP_NUM_THREADS", "4");
    SparkConf conf = SETTINGS.applyTo(site);
    assertThat(conf.get("spark.must")).isEqualTo("ours");
    assertThat(conf.get("spark.may")).isEqualTo("site");
    assertThat(conf.get("spark.ui.enabled")).isEqualTo("true");
    assertThat(conf.get("spark.executorEnv.OMP_NUM_THREADS")).isEqualTo("4");
  }

  @Test
  void leavesTheNetworkOfAClusterAlone() {
    SparkConf conf = SETTINGS.applyTo(new SparkConf(false).set("spark.master", "yarn"));
    assertThat(conf.contains("spark.driver.host")).isFalse();
    assertThat(conf.contains("spark.driver.bindAddress")).isFalse();
    assertThat(conf.contains("spark.ui.enabled")).isFalse();
  }
}
