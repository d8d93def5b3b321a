// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.adapt;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.averaging.CalibrationFit;
import org.digitrecognizer.jobs.dataset.DigitsDataset;
import org.digitrecognizer.jobs.launch.spark.Attempts;
import org.digitrecognizer.jobs.launch.spark.ExecutorCores;
import org.digitrecognizer.jobs.launch.spark.KryoTypes;
import org.digitrecognizer.jobs.reading.NamedDigit;
import org.digitrecognizer.jobs.reading.NetworkBroadcast;
import org.digitrecognizer.model.Calibration;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDescription;
import org.digitrecognizer.model.ModelDirectory;
import org.digitrecognizer.model.NativeLibrary;
import org.digitrecognizer.model.StoredNetwork;
import org.digitrecognizer.reading.SourceRoot;
import org.digitrecognizer.reading.Truth;
import org.digitrecognizer.reading.labels.LabelFile;
import org.digitrecognizer.reading.labels.LabelPattern;
import org.digitrecognizer.training.recipe.ExampleMaker;

/** Adapts a model to the hands of a site. */
public final class Adapter {

  /**
   * How far to go from the parent's parameters to the adapted ones: all of the way, and where that
   * unlearns too much of MNIST, less far. On the way between them a network keeps most of what it
   * has learnt and forgets least (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models",
   * section 3).
   */
  private static final List<Double> SHARES_OF_ADAPTED = List.of(1.0, 0.8, 0.65, 0.5, 0.35);

  /** With fewer labelled scans one cannot tell whether a model got better. */
  private static final long LEAST_SCANS = 100;

  /** One number is fitted; with fewer the parent's stays. */
  private static final long LEAST_TO_CALIBRATE = 200;

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final Configuration configuration;
  private final AdaptOptions options;
  private final PrintWriter out;

  private Adapter(SparkSession spark, AdaptOptions options, PrintWriter out) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.configuration = spark.sessionState().newHadoopConf();
    this.options = options;
    this.out = out;
  }

  /**
   * Adapts.
   *
   * @param out gets a line a step and progress
   * @throws UserException if model, dataset, scans or labels are none or too few, the output
   *     exists, or the adapted model is not shown to be better
   * @throws IOException if the file system fails
   */
  public static AdaptResult run(SparkSession spark, AdaptOptions options, PrintWriter out)
      throws IOException {
    NativeLibrary.require();
    KryoTypes.require(spark.sparkContext());
    return new Adapter(spark, options, out).run();
  }

  private AdaptResult run() throws IOException {
    AdaptedModel target = new AdaptedModel(options, configuration, context.version());
    target.requireWritable();
    Model parent = ModelDirectory.open(options.model(), configuration, options.modelSha256());
    DigitsDataset mnist = new TrainedOn(spark, options, parent).open();
    try (NetworkBroadcast before = NetworkBroadcast.of(context, parent)) {
      context.setJobDescription("Reading labelled scans");
      JavaRDD<SiteScans.Seen> seen =
          siteScans()
              .read(context, options.archives(), 2 * cores())
              .persist(StorageLevel.MEMORY_AND_DISK());
      try {
        JavaRDD<SiteScan> scans = SiteScans.labelled(seen);
        return adapt(parent, mnist, before, scans, enough(scans, seen), target);
      } finally {
        seen.unpersist(true);
      }
    }
  }

  private SiteScans siteScans() throws IOException {
    SourceRoot root = SourceRoot.of(options.archives(), configuration);
    Truth truth =
        options.labelPattern() != null
            ? new LabelPattern(options.labelPattern(), root)
            : LabelFile.read(options.labels(), configuration);
    Pattern origin =
        options.originPattern() == null ? null : Pattern.compile(options.originPattern());
    return new SiteScans(truth, root, origin, Attempts.of(context.sc()), configuration);
  }

  /**
   * Returns how many scans are labelled, and says what is left out.
   *
   * @throws UserException if they are too few
   */
  private long enough(JavaRDD<SiteScan> scans, JavaRDD<SiteScans.Seen> seen) {
    long found = scans.count();
    String leftOut =
        SiteScans.leftOut(seen).entrySet().stream()
            .map(why -> String.format(Locale.US, "%,d %s", why.getValue(), why.getKey()))
            .collect(Collectors.joining(", "));
    if (found < LEAST_SCANS) {
      throw new UserException(
          String.format(
              "%s has %d scans with a label that can be read%s; adapting needs %d at the least, and"
                  + " some hundreds to be of use",
              options.archives(),
              found,
              leftOut.isEmpty() ? "" : " (left out: " + leftOut + ")",
              LEAST_SCANS));
    }
    if (!leftOut.isEmpty()) {
      out.printf("Scans left out: %s.%n", leftOut);
    }
    return found;
  }

  private int cores() {
    return ExecutorCores.count(context.sc());
  }

  private AdaptResult adapt(
      Model parent,
      DigitsDataset mnist,
      NetworkBroadcast before,
      JavaRDD<SiteScan> scans,
      long found,
      AdaptedModel target)
      throws IOException {
    Hands hands =
        Hands.choose(scans, options.originPattern() != null, options.heldBack(), options.seed());
    JavaRDD<SiteScan> heldBack = scans.filter(hands::isHeldBack);
    JavaRDD<SiteScan> known = scans.filter(scan -> !hands.isHeldBack(scan));
    long heldBackCount = heldBack.count();
    out.printf(
        Locale.US,
        "Training on %,d labelled scans and %,d digits of MNIST an epoch, judging by %,d: %s.%n",
        found - heldBackCount,
        SiteTraining.MNIST_A_SCAN * (found - heldBackCount),
        heldBackCount,
        hands.description());
    out.flush();
    StoredNetwork adapted =
        new SiteTraining(context, options, cores(), out)
            .train(parent, mnist, known, found - heldBackCount);
    Judged judged = null;
    for (double share : SHARES_OF_ADAPTED) {
      judged =
          judge(share, between(parent.stored(), adapted, share), parent, before, heldBack, mnist);
      if (judged.mnist.keepsMnist()) {
        break;
      }
    }
    Gate.require(judged.site, judged.mnist);
    ModelDescription.Parent came = judged.cameFrom(parent, found - heldBackCount);
    target.write(parent, judged.stored, judged.share, judged.calibration, came);
    return new AdaptResult(options.output(), came);
  }

  private static JavaRDD<NamedDigit> named(JavaRDD<LabelledDigit> digits) {
    return digits.map(digit -> new NamedDigit("scan", digit));
  }

  /**
   * A network that might be handed out.
   *
   * @param share how far it is on the way from the parent to the adapted one, 0..1
   * @param site how it reads the scans held back
   * @param mnist how it reads MNIST's test digits
   */
  private record Judged(
      double share, StoredNetwork stored, Calibration calibration, Gate site, Gate mnist) {

    ModelDescription.Parent cameFrom(Model parent, long trained) {
      return new ModelDescription.Parent(
          parent.sha256(),
          trained,
          site.digits(),
          List.of(site.before(), site.after()),
          List.of(mnist.before(), mnist.after()));
    }
  }

  /**
   * @param share how far the network is on the way from the parent to the adapted one, 0..1
   */
  private Judged judge(
      double share,
      StoredNetwork stored,
      Model parent,
      NetworkBroadcast before,
      JavaRDD<SiteScan> heldBack,
      DigitsDataset mnist) {
    context.setJobDescription("Judging the adapted model");
    MultiLayerNetwork network = stored.network();
    Calibration calibration =
        heldBack.count() < LEAST_TO_CALIBRATE
            ? parent.description().calibration()
            : CalibrationFit.on(
                context,
                network,
                named(heldBack.map(SiteScan::digit)),
                ExampleMaker.plain(DigitImage.CLASSES));
    try (NetworkBroadcast after = NetworkBroadcast.of(context, network, calibration)) {
      Gate site = Gate.ofScans(heldBack, before, after);
      Gate test = Gate.ofDigits(mnist.labelled(DigitsDataset.TEST).values(), before, after);
      out.printf(
          Locale.US,
          "Scans held back: %.2f %% right before, %.2f %% after (p = %.2g)."
              + " MNIST's test digits: %.2f %% before, %.2f %% after%s%s.%n",
          100 * site.before(),
          100 * site.after(),
          site.pValue(),
          100 * test.before(),
          100 * test.after(),
          share < 1 ? String.format(Locale.US, ", %.0f %% of the way", 100 * share) : "",
          test.keepsMnist() ? "" : ": too much unlearnt");
      out.flush();
      return new Judged(share, stored, calibration, site, test);
    }
  }

  private static StoredNetwork between(StoredNetwork parent, StoredNetwork adapted, double share) {
    float[] from = parent.parameters();
    float[] to = adapted.parameters();
    float[] between = new float[from.length];
    for (int i = 0; i < between.length; i++) {
      between[i] = (float) (from[i] + share * (to[i] - from[i]));
    }
    return parent.withParameters(between);
  }
}
