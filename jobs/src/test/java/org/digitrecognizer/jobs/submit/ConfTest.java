// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.launcher.SparkLauncher;
import org.apache.spark.network.util.JavaUtils;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.SparkProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files conf/spark-*.conf, read as Spark reads them, and the jobs' defaults beside them. */
class ConfTest {

  private static final Path CONF = Path.of("..", "conf");

  /** What Spark has no ConfigEntry for. */
  private static final List<String> WITHOUT_ENTRY =
      List.of(
          "spark.executorEnv.",
          "spark.yarn.appMasterEnv.",
          "spark.kubernetes.driverEnv.",
          SparkLauncher.DRIVER_DEFAULT_JAVA_OPTIONS,
          SparkLauncher.EXECUTOR_DEFAULT_JAVA_OPTIONS);

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(CONF)) {
      return files.filter(file -> file.toString().endsWith(".conf")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyKeyIsOneThatSparkKnows(Path file) {
    // Loading them registers what they define.
    assertThat(org.apache.spark.internal.config.package$.MODULE$).isNotNull();
    assertThat(org.apache.spark.internal.config.UI$.MODULE$).isNotNull();
    assertThat(org.apache.spark.deploy.yarn.config.package$.MODULE$).isNotNull();
    for (String key : properties(file).keySet()) {
      assertThat(
              WITHOUT_ENTRY.stream().anyMatch(key::startsWith)
                  || ConfigEntry.findEntry(key) != null)
          .as("%s is a setting of Spark", key)
          .isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "spark-local.conf, local[*]",
    "spark-standalone.conf, spark://x:7077",
    "spark-loopback.conf, spark://127.0.0.1:7077",
    "spark-kubernetes.conf, k8s://https://x:6443",
    "spark-yarn.conf, yarn"
  })
  void launcherReadsThemAsSparkDoes(String file, String master, @TempDir Path directory)
      throws Exception {
    List<String> submitted = new StubbedHome(directory).train("--master", master);
    properties(CONF.resolve(file))
        .forEach(
            (key, value) ->
                assertThat(StubbedHome.settings(submitted, key))
                    .as(key)
                    .singleElement()
                    .asString()
                    .startsWith(value));
  }

  @ParameterizedTest
  @MethodSource("files")
  void everySettingHasAReasonAboveIt(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(0)).as("the machine it is for").startsWith("# For ");
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).startsWith("spark.")) {
        assertThat(groupOf(lines, i)).as("comment above %s", lines.get(i)).startsWith("# ");
      }
    }
  }

  /** Returns the first of the lines that a line stands together with. */
  private static String groupOf(List<String> lines, int number) {
    int first = number;
    while (first > 0 && !lines.get(first - 1).isBlank()) {
      first--;
    }
    return lines.get(first);
  }

  @ParameterizedTest
  @MethodSource("files")
  void heapAndArraysFitIntoTheProcess(Path file) {
    Map<String, String> conf = properties(file);
    for (String role : List.of("driver", "executor")) {
      String options = conf.get("spark." + role + ".defaultJavaOptions");
      if (options != null) {
        long heap = JavaUtils.byteStringAsBytes(conf.get("spark." + role + ".memory"));
        long process = bytes(options, "maxphysicalbytes");
        assertThat(heap + bytes(options, "maxbytes")).as(role).isLessThan(process);
        String overhead = conf.get("spark." + role + ".memoryOverhead");
        if (overhead != null) {
          assertThat(heap + JavaUtils.byteStringAsBytes(overhead))
              .as("container of the %s", role)
              .isGreaterThanOrEqualTo(process);
        }
      }
    }
  }

  /** The operator of Kubernetes reads no file of conf. */
  @Test
  void theNightOfTheOperatorIsSetAsSparkOnKubernetesIs() throws IOException {
    String yaml = Files.readString(CONF.resolveSibling("deploy").resolve("nightly.yaml"));
    Map<?, ?> spec =
        child(
            child(
                (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml), "spec"),
            "template");
    Map<String, String> night = new TreeMap<>();
    child(spec, "sparkConf").forEach((key, value) -> night.put(key.toString(), value.toString()));
    for (String role : List.of("driver", "executor")) {
      Map<?, ?> its = child(spec, role);
      for (String size : List.of("cores", "memory", "memoryOverhead")) {
        night.put("spark." + role + "." + size, its.get(size).toString());
      }
      String environment =
          role.equals("driver") ? "spark.kubernetes.driverEnv." : "spark.executorEnv.";
      for (Object each : (List<?>) its.get("env")) {
        Map<?, ?> variable = (Map<?, ?>) each;
        night.put(environment + variable.get("name"), variable.get("value").toString());
      }
    }
    assertThat(night).containsAllEntriesOf(properties(CONF.resolve("spark-kubernetes.conf")));
  }

  private static Map<?, ?> child(Map<?, ?> parent, String name) {
    return (Map<?, ?>) parent.get(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "train", "evaluate", "score"})
  void everyDefaultIsAnOptionOfItsJob(String job) {
    String help = CommandRun.digits(job, "--help").succeeded().out();
    for (String key : properties(CONF.resolve(job + ".properties")).keySet()) {
      assertThat(help).containsPattern("(?m)^ +--" + Pattern.quote(key) + "[=, ]");
    }
  }

  /** A line of these files says what holds without it, for who looks here what there is to set. */
  @ParameterizedTest
  @ValueSource(strings = {"ingest", "train", "evaluate", "score"})
  void defaultsAreTheBuiltInOnes(String job) {
    String builtIn = CommandRun.digits(job, "--help").succeeded().out();
    String shipped =
        CommandRun.digits(job, "--help", "--defaults", CONF.resolve(job + ".properties").toString())
            .succeeded()
            .out();
    assertThat(shipped).isEqualTo(builtIn);
  }

  private static long bytes(String options, String name) {
    Matcher matcher = Pattern.compile("javacpp\\." + name + "=(\\S+)").matcher(options);
    assertThat(matcher.find()).as(name).isTrue();
    return JavaUtils.byteStringAsBytes(matcher.group(1));
  }

  private static Map<String, String> properties(Path file) {
    Map<String, String> properties = SparkProperties.read(file);
    assertThat(properties).as(file.toString()).isNotEmpty();
    return properties;
  }
}
