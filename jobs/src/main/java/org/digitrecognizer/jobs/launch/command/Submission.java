// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.digitrecognizer.jobs.launch.spark.JobSession;

/**
 * What spark-submit is called with for one job: what the user wrote, and the settings of the place
 * and the defaults of the job where neither user nor site has any.
 */
final class Submission {

  static final String RESULT_DIR = "spark.digitrecognizer.resultDir";

  private static final String DRIVER_DEFAULTS = "spark.driver.defaultJavaOptions";
  private static final String CLIENT = "client";
  private static final String CLUSTER = "cluster";

  /**
   * What Spark opens to itself wherever it starts a JVM, but for a driver of a standalone cluster.
   */
  private static final String MODULE_OPTIONS =
      Stream.of(
              "java.base/java.lang",
              "java.base/java.lang.invoke",
              "java.base/java.lang.reflect",
              "java.base/java.io",
              "java.base/java.net",
              "java.base/java.nio",
              "java.base/java.util",
              "java.base/java.util.concurrent",
              "java.base/java.util.concurrent.atomic",
              "java.base/jdk.internal.ref",
              "java.base/sun.nio.ch",
              "java.base/sun.nio.cs",
              "java.base/sun.security.action",
              "java.base/sun.util.calendar",
              "java.security.jgss/sun.security.krb5")
          .map(each -> "--add-opens=" + each + "=ALL-UNNAMED")
          .collect(
              Collectors.joining(
                  " ",
                  "-XX:+IgnoreUnrecognizedVMOptions ",
                  " -Djdk.reflect.useDirectMethodHandle=false"));

  private final LauncherArguments arguments;
  private final Surroundings here;
  private final GivenSettings given;
  private final Map<String, String> ofPlace;
  private final Place place;
  private final String deployMode;
  private final List<String> ours = new ArrayList<>();
  private final List<String> merged = new ArrayList<>();

  /**
   * Decides on all of it.
   *
   * @throws LaunchException if what is asked for cannot be done
   */
  Submission(LauncherArguments arguments, Surroundings here) {
    this.arguments = arguments;
    this.here = here;
    this.given = GivenSettings.read(arguments.spark(), here.environment());
    String master = given.get(GivenSettings.MASTER).orElseGet(this::chooseMaster);
    this.place = Place.of(master);
    this.deployMode =
        given
            .get(GivenSettings.DEPLOY_MODE)
            .orElse(nonEmpty(here.variable("DEPLOY_MODE")).orElse(CLIENT));
    this.ofPlace = SettingsFile.read(here.home().resolve("conf").resolve(place.file()));
    if (given.get(GivenSettings.APP_NAME).isEmpty()) {
      addOurs(GivenSettings.APP_NAME, "digits " + arguments.jobName());
    }
    if (waits()) {
      requireWaiting();
    }
    ofPlace.forEach(this::choose);
  }

  private String chooseMaster() {
    String master = nonEmpty(here.variable("MASTER")).orElse("local[*]");
    ours.addAll(List.of("--master", master));
    return master;
  }

  /** A spark-submit that does not wait ends long before there is an exit status to take. */
  private void requireWaiting() {
    String key =
        place == Place.YARN
            ? "spark.yarn.submit.waitAppCompletion"
            : place == Place.KUBERNETES
                ? "spark.kubernetes.submission.waitAppCompletion"
                : "spark.standalone.submit.waitAppCompletion";
    if ("false".equals(given.user().get(key))) {
      throw LaunchException.wrongUsage(
          key
              + "=false would leave the job's exit status unknown: leave it away, or submit with"
              + " spark-submit itself");
    }
    // Comes last, and so wins over the site's.
    addMerged(key, "true");
  }

  /** Spark puts extraJavaOptions after defaultJavaOptions: ours are in the latter, and added to. */
  private void choose(String key, String value) {
    if (!key.matches("spark\\..*\\.defaultJavaOptions")) {
      if (given.get(key).isEmpty()) {
        addOurs(key, value);
      }
      return;
    }
    boolean ofClient = key.equals(DRIVER_DEFAULTS) && deployMode.equals(CLIENT);
    String all =
        joined(
            value,
            ofClient ? JavaOptions.log(here.home()) : "",
            ofClient && place == Place.LOCAL && ShortRun.is(arguments.job()) ? ShortRun.OPTION : "",
            given.get(key).orElse(""));
    addMerged(key, all);
    if (key.equals(DRIVER_DEFAULTS) && waits() && place != Place.YARN) {
      // Such a driver is started with the extra options and nothing else.
      String users = given.get(GivenSettings.DRIVER_JAVA_OPTIONS).orElse("");
      merged.addAll(List.of("--driver-java-options", joined(MODULE_OPTIONS, all, users)));
    }
  }

  private void addOurs(String key, String value) {
    ours.addAll(List.of("--conf", key + "=" + value));
  }

  private void addMerged(String key, String value) {
    merged.addAll(List.of("--conf", key + "=" + value));
  }

  Place place() {
    return place;
  }

  /** Whether the driver runs somewhere in the cluster, and the launcher waits for its end. */
  boolean waits() {
    return deployMode.equals(CLUSTER);
  }

  /**
   * Returns the jar where it comes on the class path of a driver of this machine, since only what
   * the JVM itself loads can come from a {@link ClassArchive}; else nothing, and spark-submit loads
   * it.
   */
  List<String> jars() {
    boolean ownDriver = here.ownSpark() && place == Place.LOCAL && !waits();
    return ownDriver && arguments.jar().isEmpty() ? List.of(here.jar().toString()) : List.of();
  }

  /** Returns all options that the user gives a driver's JVM here. */
  String driverJavaOptions() {
    return Stream.concat(
            given.get(GivenSettings.DRIVER_JAVA_OPTIONS).stream(),
            Stream.of("SPARK_SUBMIT_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")
                .map(here::variable))
        .collect(Collectors.joining(" "));
  }

  /** Returns where jobs leave their exit statuses, if that is said. */
  Optional<String> resultDir() {
    return arguments.resultDir().or(() -> given.get(RESULT_DIR));
  }

  /** Returns spark-submit's arguments, the job's own at the end. */
  List<String> arguments(Optional<String> resultFile) {
    List<String> all = settings();
    all.addAll(List.of("--class", JobSession.MAIN_CLASS, jar()));
    all.addAll(jobArguments(resultFile));
    return all;
  }

  /** Spark takes a path for a URI where it can be one, and would look for another file. */
  private String jar() {
    String path = here.jar().toString();
    return arguments
        .jar()
        .orElse(path.matches("(?s).*[#%?].*") ? JavaOptions.fileUri(here.jar()) : path);
  }

  /** Returns what the driver is called with. */
  List<String> jobArguments(Optional<String> resultFile) {
    List<String> all = new ArrayList<>(List.of(arguments.jobName()));
    all.addAll(defaults());
    all.addAll(arguments.job().subList(1, arguments.job().size()));
    resultFile.ifPresent(file -> all.addAll(List.of("--result-file", file)));
    return all;
  }

  /**
   * Returns the arguments that run Hadoop's shell as a job of this machine, so that it finds the
   * file systems, classes and settings that the job finds. What the command line of the job's own
   * driver would do besides, such as to fetch files, is taken back. The folder that stands for the
   * jar has a core-site.xml, without which the shell stops; a site's own comes before it on the
   * class path.
   */
  List<String> hadoopShell() {
    List<String> all = new ArrayList<>(ours);
    all.addAll(arguments.spark());
    all.addAll(List.of("--master", "local", "--deploy-mode", CLIENT, "--driver-memory", "512m"));
    all.addAll(List.of("--driver-java-options", JavaOptions.log(here.home())));
    all.addAll(List.of("--files", "", "--archives", ""));
    all.addAll(List.of("--class", "org.apache.hadoop.fs.FsShell"));
    all.add(JavaOptions.fileUri(here.home().resolve("submit/hadoop")));
    all.addAll(List.of("-conf", here.scratch().resolve("settings.xml").toString()));
    return all;
  }

  /** Returns the settings that are Hadoop's, as its own file of them. */
  String hadoopSettings() {
    return HadoopSettingsFile.of(List.of(ofPlace, given.site(), given.user()));
  }

  private List<String> settings() {
    List<String> all = new ArrayList<>(ours);
    all.addAll(arguments.spark());
    all.addAll(merged);
    return all;
  }

  /** A driver on another machine has no such file as ours, and is given options instead. */
  private List<String> defaults() {
    if (!waits()) {
      return defaultsOption(here, arguments);
    }
    return isGiven(arguments, "--defaults")
        ? List.of()
        : SettingsFile.read(defaultsFile(here, arguments)).entrySet().stream()
            .filter(setting -> !isGiven(arguments, "--" + setting.getKey()))
            .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
            .toList();
  }

  /** Returns a job's name and options with its defaults of conf/, as a driver here gets them. */
  static List<String> withDefaults(Surroundings here, LauncherArguments arguments) {
    List<String> all = new ArrayList<>(List.of(arguments.jobName()));
    all.addAll(defaultsOption(here, arguments));
    all.addAll(arguments.job().subList(1, arguments.job().size()));
    return all;
  }

  private static List<String> defaultsOption(Surroundings here, LauncherArguments arguments) {
    Path file = defaultsFile(here, arguments);
    return isGiven(arguments, "--defaults") || !Files.isRegularFile(file)
        ? List.of()
        : List.of("--defaults", "file:" + file);
  }

  private static Path defaultsFile(Surroundings here, LauncherArguments arguments) {
    return here.home().resolve("conf").resolve(arguments.jobName() + ".properties");
  }

  private static boolean isGiven(LauncherArguments arguments, String option) {
    return arguments.job().stream()
        .anyMatch(word -> word.equals(option) || word.startsWith(option + "="));
  }

  private static Optional<String> nonEmpty(String text) {
    return Optional.of(text).filter(value -> !value.isEmpty());
  }

  private static String joined(String... options) {
    return Stream.of(options).filter(each -> !each.isEmpty()).collect(Collectors.joining(" "));
  }
}
