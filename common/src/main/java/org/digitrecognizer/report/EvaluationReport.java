// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.evaluation.Automation;
import org.digitrecognizer.evaluation.ConflictCounts;
import org.digitrecognizer.evaluation.EpochRecord;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.evaluation.Metrics;
import org.digitrecognizer.evaluation.Throughput;
import org.digitrecognizer.evaluation.calibration.ThresholdRule;
import org.digitrecognizer.evaluation.specimen.NumberSpecimen;
import org.digitrecognizer.evaluation.specimen.RejectSamples;
import org.digitrecognizer.evaluation.specimen.RejectedScan;
import org.digitrecognizer.evaluation.specimen.Specimen;

/**
 * One self-contained HTML page about an evaluation. Whatever is not given is said to be missing in
 * the section that would have shown it.
 */
public final class EvaluationReport {

  /** The most digits for a person to check that a page shows. */
  public static final int MOST_TO_CHECK = 500;

  private final Builder inputs;

  private EvaluationReport(Builder inputs) {
    this.inputs = inputs;
  }

  /**
   * Starts a report.
   *
   * @param title of the page
   */
  public static Builder builder(String title) {
    return new Builder(title);
  }

  /**
   * Writes the page.
   *
   * @param output UTF-8; stays open
   */
  public void render(OutputStream output) throws IOException {
    Writer writer = new OutputStreamWriter(output, StandardCharsets.UTF_8);
    render(writer);
    writer.flush();
  }

  /**
   * Writes the page.
   *
   * @param writer stays open; must be read as UTF-8
   */
  public void render(Writer writer) throws IOException {
    Page.write(this, writer);
  }

  /**
   * Writes a small page to nowhere, so that a first real one finds classes and templates loaded.
   */
  public static void loadClasses() throws IOException {
    Evaluation few = new Evaluation();
    few.add(1, 0.9, 1);
    few.add(7, 0.6, 2);
    builder("").sections(Section.SCORING).evaluation(few).build().render(Writer.nullWriter());
  }

  String title() {
    return inputs.title;
  }

  String lead() {
    return inputs.lead;
  }

  Map<String, String> facts() {
    return inputs.facts;
  }

  List<Section> sections() {
    return inputs.sections;
  }

  Evaluation evaluation() {
    return inputs.evaluation;
  }

  ThresholdRule threshold() {
    return inputs.threshold;
  }

  Automation automation() {
    return inputs.threshold.automation(inputs.evaluation);
  }

  /**
   * Returns the metrics of what was added to the evaluation. Of a night it is known how many images
   * there were: more than rows, where several make a number.
   */
  Metrics metrics() {
    Metrics metrics =
        inputs.throughput == null
            ? inputs.evaluation.metrics(automation())
            : inputs.evaluation.metrics(automation(), inputs.throughput.images());
    return metrics.with(inputs.conflicts);
  }

  List<EpochRecord> history() {
    return inputs.history;
  }

  List<Specimen> mistakes() {
    return inputs.mistakes;
  }

  List<Specimen> leastCertain() {
    return inputs.leastCertain;
  }

  List<NumberSpecimen> numbers() {
    return inputs.numbers;
  }

  List<NumberSpecimen> contradicting() {
    return inputs.contradicting;
  }

  /** Returns null if the time was not taken. */
  Throughput throughput() {
    return inputs.throughput;
  }

  Map<Rejection.Reason, List<RejectedScan>> rejects() {
    return inputs.rejects;
  }

  List<Link> links() {
    return inputs.links;
  }

  /** Returns null if there is none. */
  Link reviewFile() {
    return inputs.reviewFile;
  }

  /** What goes into a report; all but the title can be left out. */
  public static final class Builder {

    private final String title;
    private String lead = "";
    private final Map<String, String> facts = new LinkedHashMap<>();
    private List<Section> sections = Section.EVALUATION;
    private Evaluation evaluation = new Evaluation();
    private ThresholdRule threshold = ThresholdRule.counted(Evaluation.DEFAULT_TARGET_ERROR);
    private List<EpochRecord> history = List.of();
    private List<Specimen> mistakes = List.of();
    private List<Specimen> leastCertain = List.of();
    private List<NumberSpecimen> numbers = List.of();
    private ConflictCounts conflicts;
    private List<NumberSpecimen> contradicting = List.of();
    private Throughput throughput;
    private Map<Rejection.Reason, List<RejectedScan>> rejects = Map.of();
    private final List<Link> links = new ArrayList<>();
    private Link reviewFile;

    private Builder(String title) {
      this.title = title;
    }

    /** Adds a sentence below the title. */
    public Builder lead(String sentence) {
      this.lead = sentence;
      return this;
    }

    /** Adds a line that says where the figures come from: the model, the data, a version. */
    public Builder fact(String name, String value) {
      facts.put(name, value);
      return this;
    }

    /** Shows these sections in this order; {@link Section#EVALUATION} if not called. */
    public Builder sections(List<Section> shown) {
      this.sections = List.copyOf(shown);
      return this;
    }

    /** Shows these figures; must not change before the page is written. */
    public Builder evaluation(Evaluation figures) {
      this.evaluation = figures;
      return this;
    }

    /**
     * Chooses the threshold of the automation curve.
     *
     * @param share the error rate that the automated share may have, 0..1
     */
    public Builder targetError(double share) {
      return threshold(ThresholdRule.counted(share));
    }

    /** Chooses the threshold of the automation curve by another rule than what is counted. */
    public Builder threshold(ThresholdRule rule) {
      this.threshold = rule;
      return this;
    }

    /** Shows how training went. */
    public Builder history(List<EpochRecord> epochs) {
      this.history = List.copyOf(epochs);
      return this;
    }

    /** Shows these wrong readings, the worst first. */
    public Builder mistakes(List<Specimen> worstFirst) {
      this.mistakes = List.copyOf(worstFirst);
      return this;
    }

    /**
     * Shows those of these readings that are below the threshold, for a person to check: {@value
     * #MOST_TO_CHECK} at most; all if there is no threshold.
     */
    public Builder leastCertain(List<Specimen> leastCertainFirst) {
      this.leastCertain = List.copyOf(leastCertainFirst);
      return this;
    }

    /**
     * Shows those of these numbers that are below the threshold, for a person to check: {@value
     * #MOST_TO_CHECK} at most; all if there is no threshold.
     */
    public Builder numbers(List<NumberSpecimen> leastCertainFirst) {
      this.numbers = List.copyOf(leastCertainFirst);
      return this;
    }

    /**
     * Shows what came of the rules that couple numbers.
     *
     * @param counts null where there are no such rules
     * @param shown some of the numbers in conflict, those of one conflict beside each other
     */
    public Builder conflicts(ConflictCounts counts, List<NumberSpecimen> shown) {
      this.conflicts = counts;
      this.contradicting = List.copyOf(shown);
      return this;
    }

    /** Shows how much was read in what time. */
    public Builder throughput(Throughput figures) {
      this.throughput = figures;
      return this;
    }

    /** Shows samples of what could not be read. */
    public Builder rejects(RejectSamples samples) {
      this.rejects = samples.byReason();
      return this;
    }

    /**
     * Adds a link near the top.
     *
     * @param text what it says
     * @param relativeHref where it leads, relative to the page, as a URI
     * @throws IllegalArgumentException if the address is not relative, or no URI
     */
    public Builder link(String text, String relativeHref) {
      links.add(new Link(text, relativeHref));
      return this;
    }

    /**
     * Names the file that lists all readings below the threshold.
     *
     * @param relativeHref where it is, relative to the page, as a URI
     * @throws IllegalArgumentException if the address is not relative, or no URI
     */
    public Builder reviewFile(String relativeHref) {
      this.reviewFile = Link.named(relativeHref);
      return this;
    }

    /** Returns the report of what was given so far. */
    public EvaluationReport build() {
      Builder copy = new Builder(title);
      copy.lead = lead;
      copy.facts.putAll(facts);
      copy.sections = sections;
      copy.evaluation = evaluation;
      copy.threshold = threshold;
      copy.history = history;
      copy.mistakes = mistakes;
      copy.leastCertain = leastCertain;
      copy.numbers = numbers;
      copy.conflicts = conflicts;
      copy.contradicting = contradicting;
      copy.throughput = throughput;
      copy.rejects = rejects;
      copy.links.addAll(links);
      copy.reviewFile = reviewFile;
      return new EvaluationReport(copy);
    }
  }
}
