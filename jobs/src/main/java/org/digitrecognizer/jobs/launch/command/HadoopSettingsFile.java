// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.command;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Spark's settings {@code spark.hadoop.*} as a configuration file of Hadoop. A file, since there
 * may be keys among them, and every user of a machine sees its command lines.
 */
final class HadoopSettingsFile {

  private static final String PREFIX = "spark.hadoop.";

  private HadoopSettingsFile() {}

  /**
   * Returns the text.
   *
   * @param settings by name; a later map stands above an earlier one
   */
  static String of(List<Map<String, String>> settings) {
    Map<String, String> all = new TreeMap<>();
    settings.forEach(all::putAll);
    StringBuilder xml = new StringBuilder("<configuration>\n");
    all.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX)) {
            xml.append("<property><name>")
                .append(escaped(name.substring(PREFIX.length())))
                .append("</name><value>")
                .append(escaped(value))
                .append("</value></property>\n");
          }
        });
    return xml.append("</configuration>\n").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
