// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.command;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The command that starts spark-submit with given arguments. */
final class SparkCommand {

  private static final String LAUNCHER = "org.apache.spark.launcher.Main";
  private static final String SUBMIT = "org.apache.spark.deploy.SparkSubmit";

  private SparkCommand() {}

  /** Returns a call of the script of a whole Spark. */
  static List<String> ofScript(String sparkHome, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(sparkHome + "/bin/spark-submit"));
    command.addAll(arguments);
    return command;
  }

  /**
   * Returns the java command that such a script would come to, from Spark's launcher, where there
   * is no script but Spark's jars.
   *
   * @param javaOptions options of the JVM, which give way to those of SPARK_SUBMIT_OPTS
   * @param jars what comes on the class path after Spark's own
   */
  static List<String> ofJars(List<String> javaOptions, List<String> jars, List<String> arguments) {
    List<String> words = new ArrayList<>(List.of(SUBMIT));
    words.addAll(arguments);
    List<String> command = words(launch(words.toArray(String[]::new)));
    int classPath = command.indexOf("-cp");
    if (classPath < 0) {
      throw LaunchException.failed("Spark's launcher made no java command: " + command);
    }
    List<String> path = new ArrayList<>(List.of(command.get(classPath + 1)));
    path.addAll(jars);
    command.set(classPath + 1, String.join(File.pathSeparator, path));
    command.addAll(classPath + 2, javaOptions);
    // Spark 4's, for its own linear algebra; the JVM would warn of it on stderr at each start.
    command.remove("--add-modules=jdk.incubator.vector");
    return command;
  }

  /** The launcher prints the words for a script to take up, and is not public otherwise. */
  private static String launch(String[] arguments) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    try (PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(capture);
      Method main = Class.forName(LAUNCHER).getMethod("main", String[].class);
      main.setAccessible(true);
      main.invoke(null, (Object) arguments);
    } catch (InvocationTargetException e) {
      throw LaunchException.failed("Spark's launcher failed: " + e.getCause().getMessage());
    } catch (ReflectiveOperationException e) {
      throw LaunchException.failed("no launcher of Spark in SPARK_HOME/jars: " + e);
    } finally {
      System.setOut(out);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** Takes up a line of its own, then words that each end with a NUL. */
  private static List<String> words(String printed) {
    String words = printed.substring(printed.indexOf('\n') + 1);
    if (words.isEmpty()) {
      throw LaunchException.failed("Spark's launcher made no command");
    }
    return new ArrayList<>(Arrays.asList(words.substring(0, words.length() - 1).split("\0", -1)));
  }
}
