// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.command;

import java.util.Locale;
import java.util.regex.Pattern;

/** Where a job runs, which says what it needs; {@code conf/spark-PLACE.conf} has the settings. */
enum Place {
  LOCAL("local(\\[([1-9][0-9]*|\\*)(\\s*,\\s*[1-9][0-9]*)?])?"),
  LOOPBACK("spark://(127\\.0\\.0\\.1|localhost):.*"),
  YARN("yarn", "with 'yarn application -kill'"),
  KUBERNETES("k8s://.*", "with 'kubectl delete pod' of its driver"),
  STANDALONE(".+://.+|local-cluster\\[.*");

  private final Pattern masters;
  private final String howToStop;

  Place(String masters) {
    this(masters, "on the master's page");
  }

  Place(String masters, String howToStop) {
    this.masters = Pattern.compile(masters, Pattern.DOTALL);
    this.howToStop = howToStop;
  }

  /**
   * Returns the place of a master.
   *
   * @throws LaunchException if there is no such
   */
  static Place of(String master) {
    for (Place place : values()) {
      if (place.masters.matcher(master).matches()) {
        return place;
      }
    }
    throw LaunchException.wrongUsage(
        "no master '"
            + master
            + "': it must be local, local[CORES], spark://HOST:PORT, yarn or k8s://URL (--master,"
            + " the variable MASTER, or spark.master in spark-defaults.conf)");
  }

  /** Whether it is this machine and no other. */
  boolean isHere() {
    return this == LOCAL || this == LOOPBACK;
  }

  /** Returns how a job is ended whose driver runs in the cluster. */
  String howToStop() {
    return howToStop;
  }

  /** Returns the name of its file. */
  String file() {
    return "spark-" + name().toLowerCase(Locale.ROOT) + ".conf";
  }
}
