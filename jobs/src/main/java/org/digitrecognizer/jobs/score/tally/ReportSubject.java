// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.tally;

import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.evaluation.Throughput;
import org.digitrecognizer.jobs.score.output.Audit;
import org.digitrecognizer.jobs.score.output.CommitRecord;
import org.digitrecognizer.jobs.score.output.RunLog;
import org.digitrecognizer.jobs.score.output.Superseding;
import org.digitrecognizer.jobs.score.plan.Plan;
import org.digitrecognizer.jobs.score.plan.Plans;

/**
 * What the reports of a run are of.
 *
 * @param run number of this run
 * @param fresh records of its chunks
 * @param records of all chunks
 * @param saved plans of all batches
 * @param totals of all rows before this run; empty if they are to be counted
 * @param ended runs that came to their end, by number
 * @param again whether rows of before are gone, since their files were read again
 * @param seconds that reading the fresh ones took
 */
public record ReportSubject(
    long run,
    List<CommitRecord> fresh,
    List<CommitRecord> records,
    Plans saved,
    Optional<Evaluation> totals,
    NavigableMap<Long, RunLog.Run> ended,
    boolean again,
    double seconds) {

  /** Returns the plans of all batches. */
  public List<Plan> plans() {
    return saved.all();
  }

  /** Returns the audits of the runs that came to their end. */
  public List<Audit> audits() {
    return ended.values().stream().map(RunLog.Run::audit).filter(Objects::nonNull).toList();
  }

  /** Returns the threshold that a run has fixed; null if it is not known. */
  public Double threshold(long run) {
    RunLog.Run found = ended.get(run);
    return found == null ? null : found.threshold();
  }

  /** Whether all there is was read by this run. */
  public boolean isAllFresh() {
    return fresh.size() == records.size();
  }

  public List<Plan> freshPlans() {
    return plans().stream().filter(plan -> plan.run() == run).toList();
  }

  public Column freshBatches() {
    return OutputFigures.from(firstFreshBatch());
  }

  public long firstFreshBatch() {
    return fresh.stream().mapToLong(CommitRecord::batch).min().orElse(0);
  }

  public Set<Long> freshBatchNumbers() {
    return fresh.stream().map(CommitRecord::batch).collect(Collectors.toSet());
  }

  public long found() {
    return found(records);
  }

  public long freshFound() {
    return found(fresh);
  }

  public Throughput throughput() {
    return throughput(records, plans(), records.stream().mapToDouble(CommitRecord::seconds).sum());
  }

  public Throughput freshThroughput() {
    return throughput(fresh, freshPlans(), seconds);
  }

  private static Throughput throughput(
      List<CommitRecord> records, List<Plan> plans, double seconds) {
    return new Throughput(
        found(records),
        plans.stream().mapToLong(Plan::files).sum(),
        plans.stream().mapToLong(Plan::bytes).sum(),
        seconds);
  }

  private static long found(List<CommitRecord> records) {
    return records.stream().mapToLong(CommitRecord::found).sum();
  }

  /**
   * Returns the batches of which readings may have gone since a run reported on them: they were
   * read again, or put together anew. Empty if there are none.
   */
  public Optional<Column> changedBatches() {
    if (plans().stream().anyMatch(plan -> plan.again() > 0)) {
      return Optional.of(OutputFigures.all());
    }
    Object[] batches =
        records.stream().filter(Superseding::mayLackNumbers).map(CommitRecord::batch).toArray();
    return batches.length == 0
        ? Optional.empty()
        : Optional.of(functions.col("batch").isin(batches));
  }
}
