// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.digitrecognizer.jobs.launch.cli.Job;
import org.digitrecognizer.jobs.launch.cli.JobRunner;
import org.digitrecognizer.storage.NioLocalFileSystem;

/**
 * A job run through the real command line, in this JVM.
 *
 * @param status the exit status
 * @param out all of stdout
 * @param err all of stderr
 */
public record CommandRun(int status, String out, String err) {

  static {
    NioLocalFileSystem.install();
  }

  /** Runs one of the shipped jobs. */
  public static CommandRun digits(String... args) {
    return run(Digits.jobs(), args);
  }

  /** Runs one of some jobs. */
  public static CommandRun run(List<Job> jobs, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = JobRunner.run(jobs, new PrintWriter(out), new PrintWriter(err), args);
    return new CommandRun(status, out.toString(), err.toString());
  }

  /** Asserts that the job is done and stderr is empty. */
  public CommandRun succeeded() {
    assertThat(err).isEmpty();
    assertThat(status).isEqualTo(Job.DONE);
    return this;
  }

  /** Asserts that the job failed with exactly this line on stderr. */
  public void failedWith(String line) {
    failed();
    assertThat(err.strip()).isEqualTo(line);
  }

  /** Asserts that the job failed with one line on stderr, and returns the line. */
  public String failed() {
    return endedWith(Job.FAILED);
  }

  /** Asserts that the command line was refused with one line on stderr, and returns the line. */
  public String refused() {
    return endedWith(Job.WRONG_USAGE);
  }

  private String endedWith(int expected) {
    assertThat(status).as(err).isEqualTo(expected);
    assertThat(err).endsWith(System.lineSeparator());
    assertThat(err.lines()).as("one line on stderr").hasSize(1);
    return err.strip();
  }
}
