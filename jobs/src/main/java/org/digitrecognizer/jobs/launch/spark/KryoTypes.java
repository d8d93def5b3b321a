// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.spark;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.util.Arrays;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.serializer.KryoRegistrator;
import org.digitrecognizer.failure.UserException;
import org.nd4j.kryo.Nd4jSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What Kryo has to be told where Spark is set to serialize with it: how ND4J's arrays are written,
 * of which it makes empty ones otherwise, and that records, which it cannot do, are left to Java's
 * own serialization. Only jobs that {@link #require} it may send either: the others run in sessions
 * that somebody else started without it, too.
 */
public final class KryoTypes implements KryoRegistrator {

  private static final String SERIALIZER = "spark.serializer";
  private static final String REGISTRATOR = "spark.kryo.registrator";
  private static final String KRYO = "org.apache.spark.serializer.KryoSerializer";
  private static final String OURS = KryoTypes.class.getName();

  @Override
  public void registerClasses(Kryo kryo) {
    // A site may demand that all classes be registered; what travels here is too varied to list.
    kryo.setRegistrationRequired(false);
    // ND4J's own registrator would load its native library in each JVM.
    kryo.addDefaultSerializer(INDArray.class, Nd4jSerializer.class);
    kryo.addDefaultSerializer(Record.class, JavaSerializer.class);
  }

  /** Adds them to what the site registers, where the site has set Kryo. */
  static void register(SparkConf conf) {
    if (!travel(conf)) {
      String others = conf.get(REGISTRATOR, "").strip();
      conf.set(REGISTRATOR, others.isEmpty() ? OURS : others + "," + OURS);
    }
  }

  /**
   * Fails where arrays and records cannot travel: in a session that somebody else started.
   *
   * @throws UserException if Spark is set to Kryo without this registrator
   */
  public static void require(SparkContext context) {
    if (!travel(context.conf())) {
      throw new UserException(
          "Spark is set to Kryo, which cannot send ND4J's arrays and Java's records by itself; add "
              + OURS
              + " to "
              + REGISTRATOR
              + " where Spark is started");
    }
  }

  private static boolean travel(SparkConf conf) {
    return !conf.get(SERIALIZER, "").equals(KRYO)
        || Arrays.stream(conf.get(REGISTRATOR, "").split(","))
            .map(String::strip)
            .anyMatch(OURS::equals);
  }
}
