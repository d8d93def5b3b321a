// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.spark;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/**
 * Spark settings of two kinds: what must hold for a result to be right is always set; advice is set
 * only where neither the user ({@code --conf}) nor the site ({@code spark-defaults.conf}) has said
 * anything.
 *
 * @param required always set
 * @param advice set if absent
 * @param localAttempts how often a task is tried in local mode, unless the master says it
 */
public record SparkSettings(
    Map<String, String> required, Map<String, String> advice, int localAttempts) {

  private static final Pattern LOCAL = Pattern.compile("local(?:\\[([^,\\]]+)])?");

  /** Executors of local-cluster[…] are processes of their own. */
  private static final Pattern IN_ONE_PROCESS = Pattern.compile("local(?:\\[.*])?");

  /** Keeps copies. */
  public SparkSettings {
    required = Map.copyOf(required);
    advice = Map.copyOf(advice);
  }

  /** Returns what every job needs. */
  public static SparkSettings common() {
    return new SparkSettings(Map.of(), Map.of(), 1)
        // Times in outputs must not depend on the machine.
        .require("spark.sql.session.timeZone", "UTC")
        // Parquet's decoder of Snappy loops for ever over a page whose header was damaged.
        .require("spark.sql.parquet.compression.codec", "zstd")
        .advise("spark.master", "local[*]")
        // As many tasks as cores keep them busy; threads inside a task would only compete.
        .advise("spark.executorEnv.OMP_NUM_THREADS", "1")
        // Else Java opens no file whose name has letters beyond ASCII.
        .advise("spark.executorEnv.LC_ALL", "C.UTF-8");
  }

  /** Returns these settings and one more that is always set. */
  public SparkSettings require(String key, String value) {
    return new SparkSettings(with(required, key, value), advice, localAttempts);
  }

  /** Returns these settings and one more piece of advice. */
  public SparkSettings advise(String key, String value) {
    return new SparkSettings(required, with(advice, key, value), localAttempts);
  }

  /**
   * Returns these settings, with tasks tried so often in local mode, where Spark tries them once.
   */
  public SparkSettings tryLocally(int attempts) {
    return new SparkSettings(required, advice, attempts);
  }

  /** Fills in a configuration that holds what user and site have set. */
  SparkConf applyTo(SparkConf conf) {
    required.forEach(conf::set);
    advice.forEach(conf::setIfMissing);
    KryoTypes.register(conf);
    String master = conf.get("spark.master");
    if (master.startsWith("local")) {
      // One process on one machine needs no network; a host name that does not resolve would stop
      // it.
      conf.setIfMissing("spark.driver.host", "127.0.0.1");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
      conf.setIfMissing("spark.ui.enabled", "false");
    }
    if (IN_ONE_PROCESS.matcher(master).matches()) {
      // Else an OutOfMemoryError in a task ends the process, as an executor's, before the job has
      // said what was wrong.
      conf.setIfMissing("spark.executor.killOnFatalError.depth", "0");
    }
    Matcher local = LOCAL.matcher(master);
    if (localAttempts > 1 && local.matches()) {
      String threads = local.group(1) == null ? "1" : local.group(1);
      conf.set("spark.master", "local[" + threads + "," + localAttempts + "]");
    }
    return conf;
  }

  private static Map<String, String> with(Map<String, String> map, String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(map);
    more.put(key, value);
    return more;
  }
}
