// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.digitrecognizer.jobs.submit.StubbedHome.settings;
import static org.digitrecognizer.jobs.submit.StubbedHome.with;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which settings submit/digits adds to those of the user and of the site. */
class LauncherSettingsTest {

  private static final String MEMORY = "spark.driver.memory";
  private static final String JAVA_OPTIONS = "spark.driver.defaultJavaOptions";

  @TempDir Path directory;
  private StubbedHome home;

  @BeforeEach
  void stubSpark() throws IOException {
    home = new StubbedHome(directory);
  }

  @Test
  void withoutAnyMasterItIsLocal() throws Exception {
    assertThat(home.train()).containsSubsequence("--master", "local[*]");
    assertThat(settings(home.train(), MEMORY)).containsExactly("2g");
  }

  @ParameterizedTest
  @CsvSource({
    "local, local",
    "local[2], local",
    "'local[*,3]', local",
    "yarn, yarn",
    "'spark://a:1,b:1', standalone",
    "spark://127.0.0.1:7077, loopback",
    "spark://localhost:7077, loopback",
    "k8s://x, kubernetes"
  })
  void placeFollowsTheMaster(String master, String place) throws Exception {
    home.write(home.path().resolve("conf/spark-" + place + ".conf"), "spark.place right\n");
    for (List<String> submitted :
        List.of(home.train("--master", master), home.train("--master=" + master))) {
      assertThat(settings(submitted, "spark.place")).containsExactly("right");
      assertThat(submitted).as("no master of ours").doesNotContain("local[*]");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nonsense", "local[]", "local[two]", "local[0]", "yarn-cluster", "spark:"})
  void aMasterThatThereIsNotIsOneLine(String master) throws Exception {
    Run run = home.digits("train", "--data=x", "--model=y", "--", "--master", master);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors())
        .isEqualTo(
            "digits: no master '"
                + master
                + "': it must be local, local[CORES], spark://HOST:PORT, yarn or k8s://URL"
                + " (--master, the variable MASTER, or spark.master in spark-defaults.conf)\n");
    assertThat(home.submittedAnything()).isFalse();
  }

  @Test
  void whatIsShortHereDoesWithoutTheLastCompiler() throws Exception {
    String[] expire = {"expire", "--output=x", "--older-than=30d", "--"};
    assertThat(driverOptions(expire, "--master=local[2]")).endsWith(" -XX:TieredStopAtLevel=1");
    assertThat(driverOptions(expire, "--master=yarn")).doesNotContain("TieredStopAtLevel");
    assertThat(settings(home.train(), JAVA_OPTIONS).get(0)).doesNotContain("TieredStopAtLevel");
    assertThat(driverOptions(expire, "--conf", JAVA_OPTIONS + "=-XX:TieredStopAtLevel=4"))
        .endsWith(" -XX:TieredStopAtLevel=1 -XX:TieredStopAtLevel=4");
  }

  private String driverOptions(String[] job, String... spark) throws Exception {
    return String.join("|", settings(home.submitted(with(job, spark)), JAVA_OPTIONS));
  }

  @Test
  void masterOfTheSiteStands() throws Exception {
    writeSite("spark.master=yarn\n");
    assertThat(home.train()).doesNotContain("--master");
    assertThat(settings(home.train(), "spark.executor.memoryOverhead")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--conf spark.driver.memory=9g",
        "-c spark.driver.memory=9g",
        "--conf=spark.driver.memory=9g",
        "--driver-memory 9g",
        "--driver-memory=9g"
      })
  void settingOfTheUserWins(String option) throws Exception {
    List<String> submitted = home.train(option.split(" ", -1));
    assertThat(submitted).as("ours").noneMatch(argument -> argument.contains("memory=2g"));
    assertThat(submitted).as("the user's").anyMatch(argument -> argument.endsWith("9g"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.driver.memory 9g",
        " spark.driver.memory = 9g ",
        "spark.driver.memory:9g",
        "spark.driver.memory\t9g\r",
        "spark.driver.memory \\\n  9g",
        "spark.app.name a\\\\\nspark.driver.memory 9g",
        "spark.app.name \\\n  # no comment\nspark.driver.memory 9g"
      })
  void settingOfTheSiteWins(String line) throws Exception {
    writeSite("# the site's\nspark.eventLog.enabled true\n" + line + "\n");
    assertThat(settings(home.train(), MEMORY)).as("ours").isEmpty();
    assertThat(home.train()).as("the site's file").doesNotContain("--properties-file");
  }

  @Test
  void commentOfTheSiteIsNoSetting() throws Exception {
    writeSite(
        "#spark.driver.memory 9g\n ! spark.driver.memory 9g\nspark.driver.memoryOverhead 1g\n");
    assertThat(settings(home.train(), MEMORY)).containsExactly("2g");
  }

  @Test
  void lineThatGoesOnInTheNextIsOneSetting() throws Exception {
    writeSite(
        "spark.app.name a \\\nspark.driver.memory 9g\n# \\\n"
            + JAVA_OPTIONS
            + " -Da=1 \\\n -Db=\\\\2");
    List<String> submitted = home.train();
    assertThat(settings(submitted, MEMORY)).containsExactly("2g");
    assertThat(settings(submitted, JAVA_OPTIONS))
        .singleElement()
        .asString()
        .endsWith(" -Da=1 -Db=\\2");
  }

  @Test
  void siteMayHaveItsFileElsewhere() throws Exception {
    home.write(directory.resolve("site/spark-defaults.conf"), "spark.driver.memory 9g\n");
    home.with("SPARK_CONF_DIR", directory.resolve("site").toString());
    assertThat(settings(home.train(), MEMORY)).isEmpty();
  }

  @Test
  void propertiesFileOfTheUserStandsForTheSites() throws Exception {
    writeSite("spark.driver.memory 9g\n");
    Path file = directory.resolve("my settings");
    home.write(file, "spark.ui.showConsoleProgress true\n");
    List<String> submitted = home.train("--properties-file", file.toString());
    assertThat(settings(submitted, MEMORY)).containsExactly("2g");
    assertThat(settings(submitted, "spark.ui.showConsoleProgress")).isEmpty();
  }

  @Test
  void javaOptionsAreAddedToThoseOfTheSite() throws Exception {
    writeSite(JAVA_OPTIONS + " -Dsite=1 -Dorg.bytedeco.javacpp.maxbytes=7g\n");
    assertThat(settings(home.train(), JAVA_OPTIONS))
        .singleElement()
        .asString()
        .startsWith("-Djava.awt.headless=true -Dorg.bytedeco.javacpp.maxbytes=1g")
        .as("the last one counts")
        .endsWith("-Dsite=1 -Dorg.bytedeco.javacpp.maxbytes=7g");
  }

  @Test
  void javaOptionsAreAddedToThoseOfTheUser() throws Exception {
    List<String> values = settings(home.train("--conf", JAVA_OPTIONS + "=-Duser=1"), JAVA_OPTIONS);
    assertThat(values).as("Spark takes the last one").hasSize(2);
    assertThat(values.get(1)).startsWith("-Djava.awt.headless=true").endsWith(" -Duser=1");
  }

  @Test
  void extraJavaOptionsAreLeftToTheUser() throws Exception {
    List<String> submitted = home.train("--driver-java-options", "-Duser=1 -Dx='a b'");
    assertThat(submitted).containsSubsequence("--driver-java-options", "-Duser=1 -Dx='a b'");
    assertThat(submitted).noneMatch(argument -> argument.contains("extraJavaOptions"));
  }

  /** In a folder whose name would end the URI, or the Java options, before it ends. */
  @Test
  void driverLogsByOurFile() throws Exception {
    Path folder = Files.createDirectories(directory.resolve("100% #1, \"a\" or b?"));
    StubbedHome awkward = new StubbedHome(folder);
    String options = settings(awkward.train(), JAVA_OPTIONS).get(0);
    Matcher uri = Pattern.compile(" -Dlog4j2\\.configurationFile=([^ '\",]+)$").matcher(options);
    assertThat(uri.find()).as(options).isTrue();
    assertThat(Path.of(URI.create(uri.group(1))))
        .isEqualTo(awkward.path().resolve("conf/log4j2.properties"));
  }

  @Test
  void jobReadsItsDefaultsFromConf() throws Exception {
    Path file = home.path().resolve("conf/train.properties");
    home.write(file, "epochs = 12\n");
    assertThat(home.jobArguments(home.train()))
        .containsExactly("train", "--defaults", "file:" + file, "--data", "x", "--model", "y");
    String[] mine = StubbedHome.with(StubbedHome.TRAIN, "--defaults=hdfs:///mine");
    assertThat(home.jobArguments(home.submitted(mine)))
        .as("the user's own defaults")
        .containsExactly(mine);
  }

  private void writeSite(String text) throws IOException {
    home.write(home.spark().resolve("conf/spark-defaults.conf"), text);
  }
}
