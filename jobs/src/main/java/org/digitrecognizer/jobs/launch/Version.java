package org.digitrecognizer.jobs.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

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
