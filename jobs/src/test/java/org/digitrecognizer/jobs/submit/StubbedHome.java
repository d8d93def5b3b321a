// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A copy of submit/ and conf/ in a folder with a name that is awkward to quote, a jobs' jar that
 * borrows the classes of this test, and a Spark whose spark-submit only writes down how it was
 * called.
 */
final class StubbedHome {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  private static final String SPARK_SUBMIT =
      """
      #!/usr/bin/env bash
      case " $* " in
        *' org.apache.hadoop.fs.FsShell '*)
          printf '%s\\0' "$@" >>"$STUB_ARGUMENTS.shell"
          [ -n "$STUB_CLASS_PATH" ] || exit 1
          exec java -XX:TieredStopAtLevel=1 -cp "$STUB_CLASS_PATH" org.apache.spark.deploy.SparkSubmit "$@"
          ;;
      esac
      printf '%s\\0' "$@" >"$STUB_ARGUMENTS"
      printf '%s %s' "$OMP_NUM_THREADS" "$SPARK_LOCAL_IP" >"$STUB_ARGUMENTS.environment"
      eval "$STUB_SCRIPT"
      exit "${STUB_STATUS:-0}"
      """;

  /** As few options as a training can have. */
  static final String[] TRAIN = {"train", "--data", "x", "--model", "y"};

  private final Path home;
  private final Path spark;
  private final Path arguments;
  private final Map<String, String> environment = new LinkedHashMap<>();

  StubbedHome(Path directory) throws IOException {
    home = directory.resolve("it's home");
    spark = directory.resolve("a spark");
    arguments = directory.resolve("arguments");
    copy("submit");
    copy("conf");
    // The jobs' defaults would be in every command line; a test that is about them writes its own.
    for (String job : List.of("ingest", "train", "evaluate", "score")) {
      Files.delete(home.resolve("conf").resolve(job + ".properties"));
    }
    writeJar();
    write(spark.resolve("bin/spark-submit"), SPARK_SUBMIT);
    assertThat(spark.resolve("bin/spark-submit").toFile().setExecutable(true)).isTrue();
    environment.put("SPARK_HOME", spark.toString());
    environment.put("TMPDIR", directory.resolve("temporary files").toString());
    environment.put("STUB_ARGUMENTS", arguments.toString());
  }

  private void copy(String folder) throws IOException {
    Path from = PROJECT.resolve(folder);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = home.resolve(folder).resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /** Writes a jar that has no class, but names where those of this test are. */
  private void writeJar() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" ")));
    Files.createDirectories(jar().getParent());
    new JarOutputStream(Files.newOutputStream(jar()), manifest).close();
  }

  Path path() {
    return home;
  }

  Path spark() {
    return spark;
  }

  Path jar() {
    return home.resolve("jobs/target/digit-recognizer-jobs.jar");
  }

  /** Writes a file, with its folders. */
  void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Puts a program where the scripts find it before any other of its name. */
  StubbedHome withProgram(String name, String script) throws IOException {
    Path program = home.resolveSibling("programs").resolve(name);
    write(program, script);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return with("PATH", program.getParent() + File.pathSeparator + System.getenv("PATH"));
  }

  /** Sets a variable of the launcher's environment, or takes it away if the value is null. */
  StubbedHome with(String variable, String value) {
    if (value == null) {
      environment.remove(variable);
    } else {
      environment.put(variable, value);
    }
    return this;
  }

  /** Lets Hadoop's shell run for true, on the Spark of this test. */
  StubbedHome withHadoop() {
    return with("STUB_CLASS_PATH", System.getProperty("java.class.path"));
  }

  Run digits(String... launcherArguments) throws IOException, InterruptedException {
    return run(home.resolve("submit/digits"), launcherArguments);
  }

  Run run(Path script, String... scriptArguments) throws IOException, InterruptedException {
    return start(script, scriptArguments).end();
  }

  /** Starts the launcher, and does not wait for its end. */
  Run.Started start(String... launcherArguments) throws IOException {
    return start(home.resolve("submit/digits"), launcherArguments);
  }

  private Run.Started start(Path script, String... scriptArguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(scriptArguments));
    return Run.start(home.getParent(), environment, command);
  }

  /** Runs the launcher, which must succeed, and returns what spark-submit was called with. */
  List<String> submitted(String... launcherArguments) throws IOException, InterruptedException {
    Run run = digits(launcherArguments);
    assertThat(run.status()).as(run.toString()).isZero();
    return recorded();
  }

  /** Lets the launcher submit a training with as few options as it can have. */
  List<String> train(String... sparkOptions) throws IOException, InterruptedException {
    return submitted(with(with(TRAIN, "--"), sparkOptions));
  }

  /** Returns an array with more at its end. */
  static String[] with(String[] arguments, String... more) {
    return Stream.of(arguments, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  /** Returns the arguments that spark-submit was last called with. */
  List<String> recorded() throws IOException {
    return words(arguments);
  }

  /** Returns the arguments of all calls of spark-submit that were to run Hadoop's shell. */
  List<String> recordedForHadoop() throws IOException {
    return words(Path.of(arguments + ".shell"));
  }

  private static List<String> words(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    return Arrays.asList(text.substring(0, text.length() - 1).split("\0", -1));
  }

  /** Returns OMP_NUM_THREADS and SPARK_LOCAL_IP as spark-submit last saw them. */
  String recordedEnvironment() throws IOException {
    return Files.readString(Path.of(arguments + ".environment"));
  }

  boolean submittedAnything() {
    return Files.exists(arguments);
  }

  /** Returns the values of all {@code --conf key=value} for a key, in their order. */
  static List<String> settings(List<String> submitted, String key) {
    List<String> values = new ArrayList<>();
    for (int i = 1; i < submitted.indexOf("--class"); i++) {
      if (submitted.get(i - 1).equals("--conf") && submitted.get(i).startsWith(key + "=")) {
        values.add(submitted.get(i).substring(key.length() + 1));
      }
    }
    return values;
  }

  /** Returns what the job gets: all after the jar. */
  List<String> jobArguments(List<String> submitted) {
    return submitted.subList(submitted.indexOf(jar().toString()) + 1, submitted.size());
  }
}
