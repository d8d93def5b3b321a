// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.reading;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.digitrecognizer.jobs.launch.spark.HadoopSettings;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDirectory;
import org.digitrecognizer.onnx.ReadingGraph;
import org.digitrecognizer.report.EvaluationReport;

/**
 * A model that is opened, and made ready to read with, on a thread of its own while Spark starts,
 * which leaves a core idle for seconds. That thread goes on with what a run needs later, so that
 * its classes are loaded by then.
 */
public final class EarlyModel {

  /** Name of the thread that opens it. */
  static final String THREAD = "early-model";

  /** Whether a job of this JVM has loaded them; in notebooks and tests there are several. */
  private static final AtomicBoolean LOADED = new AtomicBoolean();

  private final Path directory;
  private final String sha256;
  private final FutureTask<Model> early;
  private final FutureTask<byte[]> graph;

  private EarlyModel(Path directory, String sha256) {
    this.directory = directory;
    this.sha256 = sha256;
    this.early =
        new FutureTask<>(
            () -> ModelDirectory.open(directory, HadoopSettings.withoutSession(), sha256));
    this.graph = new FutureTask<>(() -> ReadingGraph.of(early.get().stored()));
  }

  /**
   * Begins to open a model.
   *
   * @param sha256 of its description; null for any
   */
  public static EarlyModel open(Path directory, String sha256) {
    EarlyModel model = new EarlyModel(directory, sha256);
    Thread thread = new Thread(model::work, THREAD);
    thread.setDaemon(true);
    thread.start();
    return model;
  }

  /**
   * Returns the model when it is open. What went wrong before is tried again here, to fail where it
   * is expected.
   *
   * @param configuration of the session
   * @throws org.digitrecognizer.failure.UserException if it is none, or damaged
   * @throws IOException if the file system fails
   */
  public Model get(Configuration configuration) throws IOException {
    try {
      return early.get();
    } catch (ExecutionException e) {
      return ModelDirectory.open(directory, configuration, sha256);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while " + directory + " was opened");
    }
  }

  /**
   * Sends the model's network out, as soon as it is ready to read with. What went wrong before is
   * tried again here.
   *
   * @param model from {@link #get}
   * @throws org.digitrecognizer.failure.UserException if a layer has no counterpart in ONNX
   */
  public NetworkBroadcast broadcast(JavaSparkContext context, Model model) throws IOException {
    try {
      return NetworkBroadcast.of(context, graph.get(), model.description().calibration());
    } catch (ExecutionException e) {
      return NetworkBroadcast.of(context, model);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while " + directory + " was made ready");
    }
  }

  private void work() {
    early.run();
    graph.run();
    if (LOADED.getAndSet(true)) {
      return;
    }
    try {
      EvaluationReport.loadClasses();
    } catch (Exception | LinkageError e) {
      // The run meets it again, and says so.
      return;
    }
  }
}
