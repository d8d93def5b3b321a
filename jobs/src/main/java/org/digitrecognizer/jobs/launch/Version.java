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
    try (InputStream stream = Version.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(stream);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
