// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.standing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.digitrecognizer.evaluation.Wilson;
import org.digitrecognizer.jobs.score.output.Audit;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.review.Certificate;
import org.digitrecognizer.storage.JsonFile;

/** What people's answers to the audit come to: for each run, and for all of them. */
public final class Certificates {

  /** Name of a certificate's file. */
  public static final String FILE = "certificate.json";

  private final FileSystem fs;
  private final OutputLayout layout;
  private final String modelSha256;
  private final String formSha256;

  /** Answers to the audit of a run. */
  private static final class Answers {
    private long audited;
    private long right;
    private long wrong;
    private long wrongByOne;
    private final List<Certificate.OfArchive> archives = new ArrayList<>();
    private final TreeSet<String> keyedBy = new TreeSet<>();

    private void add(Row row) {
      long ofArchive = row.<Long>getAs("audited");
      long agree = row.<Long>getAs("agree");
      long differ = row.<Long>getAs("differ");
      audited += ofArchive;
      right += agree;
      wrong += differ;
      wrongByOne += row.<Long>getAs("byOne");
      keyedBy.addAll(row.getList(row.fieldIndex("keyedBy")));
      double atMost = Wilson.upperBound(ofArchive - agree, ofArchive);
      archives.add(
          new Certificate.OfArchive(row.getAs("archive"), ofArchive, agree, differ, atMost));
    }
  }

  public Certificates(FileSystem fs, OutputLayout layout, String modelSha256, String formSha256) {
    this.fs = fs;
    this.layout = layout;
    this.modelSha256 = modelSha256;
    this.formSha256 = formSha256;
  }

  /** Returns that on all runs, as a run wrote it; empty if it is not there or damaged. */
  public static Optional<Certificate> read(FileSystem fs, Path report) throws IOException {
    return JsonFile.readOpen(fs, new Path(report, FILE), Certificate.class);
  }

  /**
   * Writes the certificates of those runs of which something has changed, and that on all of them.
   *
   * @param drawn rows of their files that still count
   * @param verdicts on them
   * @return those of the runs, by number; that on all of them under 0
   */
  public Map<Long, Certificate> write(
      List<Audit> audits, Dataset<Row> drawn, Dataset<Row> verdicts, double targetError)
      throws IOException {
    Map<Long, Answers> answers = answers(drawn, verdicts);
    Map<Long, Certificate> certificates = new TreeMap<>();
    Answers all = new Answers();
    long accepted = 0;
    long archives = 0;
    for (Audit audit : audits) {
      Answers own = answers.getOrDefault(audit.run(), new Answers());
      certificates.put(audit.run(), certificate(audit, own));
      all.audited += own.audited;
      all.right += own.right;
      all.wrong += own.wrong;
      all.wrongByOne += own.wrongByOne;
      all.keyedBy.addAll(own.keyedBy);
      accepted += audit.accepted();
      archives += audit.archives();
    }
    certificates.put(
        0L,
        certificate(
            new Certificate.About(
                null, accepted, targetError, null, modelSha256, formSha256, archives, null),
            all));
    for (Map.Entry<Long, Certificate> one : certificates.entrySet()) {
      write(one.getValue(), one.getKey() == 0 ? "" : "runs/" + one.getKey() + "/");
    }
    return certificates;
  }

  private static Map<Long, Answers> answers(Dataset<Row> drawn, Dataset<Row> verdicts) {
    Map<Long, Answers> answers = new TreeMap<>();
    drawn
        .join(verdicts, new String[] {"source"}, "left_outer")
        .withColumn("agrees", functions.expr("state = '" + Verdicts.FINAL + "' and value = read"))
        .withColumn("differs", functions.expr("state = '" + Verdicts.FINAL + "' and not agrees"))
        .groupBy("run", "archive")
        .agg(
            functions.count("source").as("audited"),
            functions.expr("count_if(agrees)").as("agree"),
            functions.expr("count_if(differs)").as("differ"),
            functions.expr("count_if(differs and size(keyedBy) = 1)").as("byOne"),
            functions.expr("array_distinct(flatten(collect_set(keyedBy)))").as("keyedBy"))
        .collectAsList()
        .stream()
        // Not by Spark, which would look at all of them twice for this.
        .sorted(Comparator.comparing((Row row) -> row.<String>getAs("archive")))
        .forEach(row -> answers.computeIfAbsent(row.getAs("run"), any -> new Answers()).add(row));
    return answers;
  }

  private Certificate certificate(Audit audit, Answers answers) {
    return certificate(
        new Certificate.About(
            audit.run(),
            audit.accepted(),
            audit.targetError(),
            audit.threshold(),
            modelSha256,
            formSha256,
            audit.archives(),
            audit.archivesSha256()),
        answers);
  }

  private static Certificate certificate(Certificate.About about, Answers answers) {
    return Certificate.of(
        about,
        answers.audited,
        answers.right,
        answers.wrong,
        answers.wrongByOne,
        List.copyOf(answers.keyedBy),
        about.run() == null ? List.of() : answers.archives);
  }

  private void write(Certificate certificate, String folder) throws IOException {
    Path file = new Path(layout.report(), folder + FILE);
    boolean same =
        JsonFile.readOpen(fs, file, Certificate.class).filter(certificate::equals).isPresent();
    if (!same) {
      JsonFile.write(fs, file, certificate);
    }
  }
}
