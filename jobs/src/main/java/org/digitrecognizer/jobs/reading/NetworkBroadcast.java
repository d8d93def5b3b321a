// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.reading;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.inference.DigitSession;
import org.digitrecognizer.model.Calibration;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.StoredNetwork;
import org.digitrecognizer.onnx.ReadingGraph;

/**
 * A network on every executor, as ONNX that the driver makes of it. It is in a JVM's memory once;
 * each task that runs borrows a reader of it. Closed on the driver when no task needs it any more.
 */
public final class NetworkBroadcast implements Serializable, AutoCloseable {

  private static final long serialVersionUID = 1L;

  private final Broadcast<Shipped> shipped;

  private NetworkBroadcast(Broadcast<Shipped> shipped) {
    this.shipped = shipped;
  }

  /**
   * Sends a network out as it is now.
   *
   * @throws org.digitrecognizer.failure.UserException if a layer has no counterpart in ONNX
   */
  public static NetworkBroadcast of(
      JavaSparkContext context, MultiLayerNetwork network, Calibration calibration) {
    return of(context, StoredNetwork.of(network), calibration);
  }

  /**
   * Sends a model's network out, without making a Deeplearning4j network of it.
   *
   * @throws org.digitrecognizer.failure.UserException if a layer has no counterpart in ONNX
   */
  public static NetworkBroadcast of(JavaSparkContext context, Model model) {
    return of(context, model.stored(), model.description().calibration());
  }

  private static NetworkBroadcast of(
      JavaSparkContext context, StoredNetwork network, Calibration calibration) {
    return of(context, ReadingGraph.of(network), calibration);
  }

  /**
   * @param onnx from {@link ReadingGraph}
   */
  static NetworkBroadcast of(JavaSparkContext context, byte[] onnx, Calibration calibration) {
    return new NetworkBroadcast(context.broadcast(new Shipped(onnx, calibration)));
  }

  /** Lends a reader to a task for as long as the work takes. */
  public <T> T withReader(Function<DigitReader, T> work) {
    Shipped value = shipped();
    DigitReader reader = value.borrow();
    try {
      return work.apply(reader);
    } finally {
      value.giveBack(reader);
    }
  }

  /** Returns what this JVM has of it. */
  Shipped shipped() {
    return shipped.value();
  }

  @Override
  public void close() {
    shipped.destroy();
  }

  /**
   * Holds no record: Spark may be set to serialize with Kryo, which cannot do records. Spark closes
   * it where it drops it from a JVM's memory, which may be before the last task has given its
   * reader back.
   */
  static final class Shipped implements Serializable, AutoCloseable {
    private static final long serialVersionUID = 1L;

    private final byte[] onnx;
    private final double temperature;
    private final long calibrationExamples;
    private transient DigitSession session;
    private transient Deque<DigitReader> idle;
    private transient int lent;
    private transient boolean dropped;

    Shipped(byte[] onnx, Calibration calibration) {
      this.onnx = onnx;
      this.temperature = calibration.temperature();
      this.calibrationExamples = calibration.examples();
    }

    synchronized DigitReader borrow() {
      if (session == null) {
        session = new DigitSession(onnx);
        idle = new ArrayDeque<>();
      }
      DigitReader reader = idle.poll();
      if (reader == null) {
        reader = new DigitReader(session, new Calibration(temperature, calibrationExamples));
      }
      lent++;
      return reader;
    }

    synchronized void giveBack(DigitReader reader) {
      lent--;
      idle.push(reader);
      releaseIfDropped();
    }

    @Override
    public synchronized void close() {
      dropped = true;
      releaseIfDropped();
    }

    private void releaseIfDropped() {
      if (dropped && lent == 0 && session != null) {
        idle.forEach(DigitReader::close);
        session.close();
        session = null;
      }
    }

    /** Returns whether it holds memory outside the heap. */
    synchronized boolean isOpen() {
      return session != null;
    }
  }
}
