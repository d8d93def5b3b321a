package org.digitrecognizer.jobs.reading;

import java.io.Serializable;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.backend.NativeLibrary;
import org.digitrecognizer.model.Calibration;
import org.digitrecognizer.model.DigitReader;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network on every executor. Its parameters are in a JVM's memory once; each task that runs
 * borrows a reader of them. Closed on the driver when no task needs it any more.
 */
public final class NetworkBroadcast implements Serializable, AutoCloseable {

  private static final long serialVersionUID = 1L;

  private final Broadcast<Shipped> shipped;

  private NetworkBroadcast(Broadcast<Shipped> shipped) {
    this.shipped = shipped;
  }

  /** Sends a network out. */
  public static NetworkBroadcast of(
      JavaSparkContext context, MultiLayerNetwork network, Calibration calibration) {
    return new NetworkBroadcast(
        context.broadcast(
            new Shipped(
                network.getLayerWiseConfigurations().toJson(),
                network.params().data().asFloat(),
                calibration)));
  }

  /** Lends a reader to a task for as long as the work takes. */
  public <T> T withReader(Function<DigitReader, T> work) {
    Shipped value = shipped.value();
    DigitReader reader = value.borrow();
    try {
      return work.apply(reader);
    } finally {
      value.giveBack(reader);
    }
  }

  @Override
  public void close() {
    shipped.destroy();
  }

  /** Holds no record: Spark may be set to serialize with Kryo, which cannot do records. */
  private static final class Shipped implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String configuration;
    private final float[] parameters;
    private final double temperature;
    private final long calibrationExamples;
    private transient Queue<DigitReader> idle;
    private transient INDArray shared;

    Shipped(String configuration, float[] parameters, Calibration calibration) {
      this.configuration = configuration;
      this.parameters = parameters;
      this.temperature = calibration.temperature();
      this.calibrationExamples = calibration.examples();
    }

    synchronized DigitReader borrow() {
      if (idle == null) {
        NativeLibrary.require();
        idle = new ConcurrentLinkedQueue<>();
        shared = Nd4j.createFromArray(parameters).reshape(1, parameters.length);
      }
      DigitReader reader = idle.poll();
      return reader != null
          ? reader
          : new DigitReader(
              MultiLayerConfiguration.fromJson(configuration),
              shared,
              new Calibration(temperature, calibrationExamples));
    }

    void giveBack(DigitReader reader) {
      idle.add(reader);
    }
  }
}
