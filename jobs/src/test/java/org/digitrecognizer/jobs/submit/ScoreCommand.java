// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.digitrecognizer.jobs.SmallModel;

/**
 * Starts submit/digits score on archives of a test's own, with the jar and the Spark that the build
 * made, in many small chunks.
 */
final class ScoreCommand {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final int BATCH_IMAGES = 300;

  private final ScanArchives archives;
  private final Path model;
  private final Path scratch;

  /**
   * @param directory where all of it goes
   * @param size see {@link ScanArchives#writeAll}
   */
  ScoreCommand(Path directory, int size) throws IOException {
    archives = new ScanArchives(directory.resolve("scans"));
    archives.writeAll(size);
    model = SmallModel.trained();
    scratch = Files.createDirectories(directory.resolve("scratch"));
  }

  ScanArchives archives() {
    return archives;
  }

  /** Runs the job on two cores of this machine to its end, which must be a good one. */
  void runToItsEnd(ScoreOutput output) throws IOException, InterruptedException {
    Run run = Run.of(scratch, Map.of(), command(output, "local[2]"));
    assertThat(run.status()).as(run.toString()).isZero();
    assertThat(run.errors()).isEmpty();
  }

  /** Starts the job. */
  Run.Started start(ScoreOutput output, String master, String... settings) throws IOException {
    return Run.start(scratch, Map.of(), command(output, master, settings));
  }

  /** Returns counts by the files' paths below the archives' directory, not by their URIs. */
  Map<String, Integer> byName(Map<String, Integer> byUri) {
    Map<String, Integer> byName = new HashMap<>();
    String directory = archives.directory() + "/";
    byUri.forEach(
        (uri, count) ->
            byName.put(uri.substring(uri.indexOf(directory) + directory.length()), count));
    return byName;
  }

  private List<String> command(ScoreOutput output, String master, String... settings) {
    List<String> command = new ArrayList<>();
    command.add(PROJECT.resolve("submit/digits").toString());
    command.addAll(List.of("score", "--archives", archives.directory().toString()));
    command.addAll(List.of("--model", model.toString()));
    command.addAll(List.of("--output", output.directory().toString()));
    command.addAll(List.of("--chunk-images", Integer.toString(BATCH_IMAGES)));
    command.addAll(List.of("--label-pattern", "-(\\d)\\.png$", "--reread"));
    command.addAll(List.of("--", "--master", master, "--driver-memory", "1g"));
    // What a killed process leaves behind must go with the test.
    command.addAll(List.of("--conf", "spark.local.dir=" + scratch));
    command.addAll(
        List.of("--driver-java-options", QuickJvm.OPTIONS + " -Djava.io.tmpdir=" + scratch));
    command.addAll(List.of("--conf", "spark.ui.enabled=false"));
    for (String setting : settings) {
      command.addAll(List.of("--conf", setting));
    }
    return command;
  }
}
