// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.util.Utils;
import scala.Tuple2;
import scala.collection.Iterator;

/** Settings as Spark itself reads them from a file. */
public final class SparkProperties {

  private SparkProperties() {}

  /** Reads a file: no converter of Scala's is current in 2.12 and in 2.13. */
  public static Map<String, String> read(Path file) {
    Map<String, String> properties = new HashMap<>();
    Iterator<Tuple2<String, String>> all = Utils.getPropertiesFromFile(file.toString()).iterator();
    while (all.hasNext()) {
      Tuple2<String, String> next = all.next();
      properties.put(next._1(), next._2());
    }
    return properties;
  }
}
