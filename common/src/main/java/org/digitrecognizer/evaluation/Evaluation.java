// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation;

import java.io.Serializable;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.evaluation.Automation.Basis;

/**
 * Adds up readings and rejections, of which some may be labelled, in bounded memory (some 100 kB).
 * {@link #merge} gives the same result, to the last bit, whatever the order and the partitioning.
 * Not thread-safe.
 */
public final class Evaluation implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The error rate that the automated share may have unless the user says otherwise: 0.1 %. */
  public static final double DEFAULT_TARGET_ERROR = 0.001;

  /** How many bins of equal width {@link #confidenceHistogram()} has. */
  public static final int HISTOGRAM_BINS = 20;

  private final Map<Rejection.Reason, Long> rejected = new HashMap<>();
  private final long[] reads = new long[DigitImage.CLASSES];
  private final long[] histogram = new long[HISTOGRAM_BINS];
  private final ConfusionMatrix confusion = new ConfusionMatrix();
  private final Reliability reliability = new Reliability();
  private final AutomationCounts automation = new AutomationCounts();

  /** Of a form's fields, by their names; empty where digits are read and not numbers. */
  private final Map<String, FieldCounts> fields = new TreeMap<>();

  /** Adds a reading of which the truth is not known. */
  public void add(Reading reading) {
    add(reading.digit(), reading.confidence());
  }

  /**
   * Adds a reading and what is true.
   *
   * @param truth the true digit, 0 to 9
   */
  public void add(Reading reading, int truth) {
    add(reading.digit(), reading.confidence(), truth);
  }

  /**
   * Adds a reading of which the truth is not known.
   *
   * @param read what was read, 0 to 9
   * @param confidence its calibrated probability, 0..1
   * @throws IllegalArgumentException if one of them is out of range
   */
  public void add(int read, double confidence) {
    addReading(read, confidence);
    automation.add(confidence);
  }

  /**
   * Adds a reading and what is true.
   *
   * @param read what was read, 0 to 9
   * @param confidence its calibrated probability, 0..1
   * @param truth the true digit, 0 to 9
   * @throws IllegalArgumentException if one of them is out of range
   */
  public void add(int read, double confidence, int truth) {
    Counts.checkedDigit(truth);
    addReading(read, confidence);
    confusion.add(truth, read);
    reliability.add(confidence, read == truth);
    automation.add(confidence, read == truth);
  }

  /**
   * Adds a number. What is added to one evaluation is either digits or numbers.
   *
   * @throws IllegalArgumentException if its confidence is out of range
   */
  public void add(NumberOutcome number) {
    fields.computeIfAbsent(number.field(), name -> new FieldCounts()).add(number);
    addToHistogram(number.confidence());
    if (number.correct() != null) {
      reliability.add(number.confidence(), number.correct());
    }
    if (number.kind() != NumberOutcome.Kind.READ) {
      automation.addNever();
    } else if (number.correct() == null) {
      automation.add(number.confidence());
    } else {
      automation.add(number.confidence(), number.correct());
    }
  }

  /** Adds an image that could not be read. */
  public void reject(Rejection.Reason reason) {
    reject(reason, 1);
  }

  /**
   * Adds images that could not be read.
   *
   * @param count how many, at least 1
   */
  public void reject(Rejection.Reason reason, long count) {
    rejected.merge(reason, count, Long::sum);
  }

  /** Adds all that the other has counted. */
  public void merge(Evaluation other) {
    other.rejected.forEach((reason, count) -> rejected.merge(reason, count, Long::sum));
    Counts.addTo(reads, other.reads);
    Counts.addTo(histogram, other.histogram);
    confusion.merge(other.confusion);
    reliability.merge(other.reliability);
    automation.merge(other.automation);
    other.fields.forEach(
        (name, counts) -> fields.computeIfAbsent(name, any -> new FieldCounts()).merge(counts));
  }

  /** Returns how many digits were read, or how many numbers. */
  public long scored() {
    return LongStream.of(histogram).sum();
  }

  /** Returns how many of them have a label. */
  public long labelled() {
    return reliability.total();
  }

  /** Returns how many of those that have a label were read wrongly. */
  public long errors() {
    return reliability.total() - reliability.right();
  }

  /** Returns which share of those that have a label was read correctly, 0..1; NaN if none has. */
  public double accuracy() {
    return (double) reliability.right() / reliability.total();
  }

  /** Returns what became of the numbers of each field; empty where digits are read. */
  public Map<String, FieldCounts> fields() {
    return Collections.unmodifiableMap(fields);
  }

  /** Returns what is read, for a sentence: digit or number. */
  public String unit() {
    return fields.isEmpty() ? "digit" : "number";
  }

  /** Returns how many images were rejected, by reason; reasons that did not occur are left out. */
  public Map<Rejection.Reason, Long> rejected() {
    return Collections.unmodifiableMap(new TreeMap<>(rejected));
  }

  /** Returns how many images were read as each digit, 0 to 9; none where numbers are read. */
  public long[] reads() {
    return reads.clone();
  }

  /**
   * Returns how many readings have a confidence of i/20 up to, but without, (i+1)/20; the last bin
   * includes 1.
   */
  public long[] confidenceHistogram() {
    return histogram.clone();
  }

  /** Returns the labelled readings against their truth: this evaluation's own, not a copy. */
  public ConfusionMatrix confusion() {
    return confusion;
  }

  /** Returns confidence against accuracy, labelled only: this evaluation's own, not a copy. */
  public Reliability reliability() {
    return reliability;
  }

  /** Returns what the automation's error rates come from: labels, if there are any. */
  public Basis basis() {
    return labelled() > 0 ? Basis.LABELS : Basis.CALIBRATION;
  }

  /**
   * Returns what can be read without a person.
   *
   * @param basis where the error rates come from
   * @param targetError the error rate that the automated share may have, 0..1
   */
  public Automation automation(Basis basis, double targetError) {
    return automation.automation(basis, targetError);
  }

  /**
   * Returns what can be read without a person at a threshold that is given; the error rates are
   * those that the confidences lead one to expect.
   *
   * @param targetError for which the threshold was chosen, 0..1
   * @param threshold the lowest confidence that stands, 0..1; null if nothing does
   */
  public Automation automation(double targetError, Double threshold) {
    return automation.automation(targetError, threshold);
  }

  /**
   * Returns the metrics of all that was added, where that is all that was found.
   *
   * @param targetError the error rate that the automated share may have, 0..1
   */
  public Metrics metrics(double targetError) {
    return metrics(automation(basis(), targetError));
  }

  /**
   * Returns the metrics of all that was added, where that is all that was found.
   *
   * @param automation what can be read without a person
   */
  public Metrics metrics(Automation automation) {
    return metrics(
        automation, scored() + rejected.values().stream().mapToLong(Long::longValue).sum());
  }

  /**
   * Returns the metrics of all that was added.
   *
   * @param automation what can be read without a person
   * @param images how many images were found, counted independently of what was added
   */
  public Metrics metrics(Automation automation, long images) {
    return new MetricsBuilder(this).build(automation, images);
  }

  private void addReading(int read, double confidence) {
    reads[Counts.checkedDigit(read)]++;
    addToHistogram(confidence);
  }

  private void addToHistogram(double confidence) {
    double checked = Counts.checkedConfidence(confidence);
    histogram[Math.min((int) (checked * HISTOGRAM_BINS), HISTOGRAM_BINS - 1)]++;
  }
}
