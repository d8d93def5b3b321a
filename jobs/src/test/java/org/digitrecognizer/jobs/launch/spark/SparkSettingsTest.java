// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void whereTheSiteSetsKryoOurTypesAreRegisteredBesideWhatTheSiteRegisters() {
    String kryo = "org.apache.spark.serializer.KryoSerializer";
    String ours = KryoTypes.class.getName();
    SparkConf site = new SparkConf(false).set("spark.serializer", kryo);
    assertThat(SETTINGS.applyTo(site.clone()).get("spark.kryo.registrator")).isEqualTo(ours);
    site.set("spark.kryo.registrator", "org.example.Ours");
    SparkConf conf = SETTINGS.applyTo(site);
    assertThat(conf.get("spark.kryo.registrator")).isEqualTo("org.example.Ours," + ours);
    assertThat(SETTINGS.applyTo(conf).get("spark.kryo.registrator"))
        .as("applied twice")
        .isEqualTo("org.example.Ours," + ours);
    assertThat(SETTINGS.applyTo(new SparkConf(false)).contains("spark.kryo.registrator"))
        .as("with Java's own serialization")
        .isFalse();
  }

  @Test
  void leavesTheNetworkOfAClusterAlone() {
    SparkConf conf = SETTINGS.applyTo(new SparkConf(false).set("spark.master", "yarn"));
    assertThat(conf.contains("spark.driver.host")).isFalse();
    assertThat(conf.contains("spark.driver.bindAddress")).isFalse();
    assertThat(conf.contains("spark.ui.enabled")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "local | true",
        "local[*] | true",
        "local[2,4] | true",
        "local-cluster[1,1,1024] | false",
        "spark://host:7077 | false"
      })
  void aTasksOutOfMemoryErrorEndsNoProcessThatTheJobIsIn(String master, boolean oneProcess) {
    SparkConf conf = SETTINGS.applyTo(conf(master));
    assertThat(conf.get("spark.executor.killOnFatalError.depth", "Spark's own"))
        .isEqualTo(oneProcess ? "0" : "Spark's own");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "local | local[1,4]",
        "local[*] | local[*,4]",
        "local[2] | local[2,4]",
        "local[2,1] | local[2,1]",
        "spark://host:7077 | spark://host:7077"
      })
  void localModeTriesTasksAsOftenAsItIsTold(String master, String expected) {
    SparkConf conf = SETTINGS.tryLocally(4).applyTo(conf(master));
    assertThat(conf.get("spark.master")).isEqualTo(expected);
    assertThat(SETTINGS.applyTo(conf(master)).get("spark.master")).isEqualTo(master);
  }

  private static SparkConf conf(String master) {
    return new SparkConf(false).set("spark.master", master);
  }
}
