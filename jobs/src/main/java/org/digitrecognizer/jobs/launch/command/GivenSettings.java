// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.command;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is set for Spark before the launcher adds anything: by the user, in whichever of
 * spark-submit's spellings it was, or by the site's {@code spark-defaults.conf}.
 *
 * @param user by name
 * @param site by name; the user's stand above them
 */
record GivenSettings(Map<String, String> user, Map<String, String> site) {

  static final String MASTER = "spark.master";
  static final String DEPLOY_MODE = "spark.submit.deployMode";
  static final String APP_NAME = "spark.app.name";
  static final String DRIVER_JAVA_OPTIONS = "spark.driver.extraJavaOptions";

  private static final String DRIVER_MEMORY = "spark.driver.memory";
  private static final String EXECUTOR_MEMORY = "spark.executor.memory";
  private static final String EXECUTOR_CORES = "spark.executor.cores";
  private static final String PROPERTIES_FILE = "--properties-file";

  private static final Map<String, String> OPTIONS =
      Map.of(
          "--master", MASTER,
          "--deploy-mode", DEPLOY_MODE,
          "--name", APP_NAME,
          "--driver-java-options", DRIVER_JAVA_OPTIONS,
          "--driver-memory", DRIVER_MEMORY,
          "--driver-cores", "spark.driver.cores",
          "--executor-memory", EXECUTOR_MEMORY,
          "--executor-cores", EXECUTOR_CORES,
          "--num-executors", "spark.executor.instances");

  private static final Map<String, String> VARIABLES =
      Map.of(
          "SPARK_DRIVER_MEMORY", DRIVER_MEMORY,
          "SPARK_EXECUTOR_MEMORY", EXECUTOR_MEMORY,
          "SPARK_EXECUTOR_CORES", EXECUTOR_CORES);

  /**
   * Reads what is set.
   *
   * @param options spark-submit's
   * @throws LaunchException if the site's file cannot be read
   */
  static GivenSettings read(List<String> options, Map<String, String> environment) {
    Map<String, String> user = new HashMap<>();
    Optional<Path> file = siteFile(environment);
    for (Iterator<String> words = options.iterator(); words.hasNext(); ) {
      String[] option = words.next().split("=", 2);
      boolean joined = option.length == 2 && option[0].startsWith("--");
      String name = joined ? option[0] : String.join("=", option);
      if (!takesValue(name)) {
        continue;
      }
      String value = joined ? option[1] : words.hasNext() ? words.next() : "";
      if (name.equals(PROPERTIES_FILE)) {
        file = Optional.of(Path.of(value));
      } else if (OPTIONS.containsKey(name)) {
        user.put(OPTIONS.get(name), value);
      } else {
        String[] setting = value.split("=", 2);
        user.put(setting[0], setting[setting.length - 1]);
      }
    }
    VARIABLES.forEach(
        (variable, name) -> {
          if (!environment.getOrDefault(variable, "").isEmpty()) {
            user.putIfAbsent(name, environment.get(variable));
          }
        });
    return new GivenSettings(user, file.map(SettingsFile::read).orElse(Map.of()));
  }

  private static boolean takesValue(String option) {
    return OPTIONS.containsKey(option) || List.of("--conf", "-c", PROPERTIES_FILE).contains(option);
  }

  private static Optional<Path> siteFile(Map<String, String> environment) {
    String folder = environment.getOrDefault("SPARK_CONF_DIR", "");
    String spark = environment.getOrDefault("SPARK_HOME", "");
    if (folder.isEmpty()) {
      folder = spark.isEmpty() ? "" : spark + "/conf";
    }
    return folder.isEmpty()
        ? Optional.empty()
        : Optional.of(Path.of(folder, "spark-defaults.conf"));
  }

  /** Returns the value that the user or else the site gave a setting. */
  Optional<String> get(String name) {
    return Optional.ofNullable(user.getOrDefault(name, site.get(name)));
  }
}
