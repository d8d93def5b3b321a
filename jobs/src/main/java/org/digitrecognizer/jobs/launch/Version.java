// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Which version of this software is running, for the outputs that name their writer. */
public final class Version {

  private Version() {}

  /** Returns the version as the build gave it, such as 1.2.0. */
  public static String current() {
    return property("version");
  }

  /** Returns the version of Deeplearning4j. */
  public static String deeplearning4j() {
    return property("deeplearning4j");
  }

  /** Returns the version of Spark that the jar was built for. */
  public static String spark() {
    return property("spark");
  }

  /** Returns the line of Scala versions that the jar was built for, such as 2.12. */
  public static String scala() {
    return property("scala");
  }

  /** Returns what a model's description says of where it was made, by name. */
  public static Map<String, String> environment(String sparkVersion) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("java", System.getProperty("java.version"));
    environment.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    environment.put("spark", sparkVersion);
    environment.put("deeplearning4j", deeplearning4j());
    return environment;
  }

  private static String property(String name) {
    try (InputStream stream = Version.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(stream);
      return properties.getProperty(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
