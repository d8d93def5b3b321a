// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.command;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** A file of settings as Spark reads it: a Java properties file in UTF-8, its values trimmed. */
final class SettingsFile {

  private SettingsFile() {}

  /**
   * Returns the settings by their names; none where there is no such file.
   *
   * @throws LaunchException if it cannot be read
   */
  static Map<String, String> read(Path file) {
    Map<String, String> settings = new TreeMap<>();
    if (!Files.isRegularFile(file)) {
      return settings;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw LaunchException.failed(
          file + " cannot be read as a properties file: " + e.getMessage());
    }
    properties.stringPropertyNames().forEach(name -> settings.put(name, value(properties, name)));
    return settings;
  }

  private static String value(Properties properties, String name) {
    return properties.getProperty(name).strip();
  }
}
