// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.digitrecognizer.jobs.dataset.DigitsDataset;
import org.digitrecognizer.jobs.launch.cli.GreedyJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jobs in a process of their own, with the logging that is shipped: what a shell and cron see.
 */
@Tag("slow")
class DigitsProcessTest {

  private static final Path LOGGING = Path.of("../conf/log4j2.properties").toAbsolutePath();

  @TempDir private Path directory;
  private Path source;
  private Path output;

  @BeforeEach
  void writeMnist() {
    source = SmallMnist.write(directory.resolve("mnist"), 60, 20);
    output = directory.resolve("dataset");
  }

  private CommandRun digits(List<String> javaOptions, String... args) throws Exception {
    return process(Digits.class, javaOptions, args);
  }

  private CommandRun process(Class<?> main, List<String> javaOptions, String... args)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> option.startsWith("--add-opens"))
            .toList());
    command.addAll(List.of("-Xmx1g", "-Dlog4j2.configurationFile=" + LOGGING.toUri()));
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    Path out = directory.resolve("out.txt");
    Path err = directory.resolve("err.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new CommandRun(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private CommandRun ingest(List<String> javaOptions) throws Exception {
    return digits(
        javaOptions, "ingest", "--source", source.toString(), "--output", output.toString());
  }

  @Test
  void aJobThatIsDoneSaysNothingOnStderr() throws Exception {
    assertThat(ingest(List.of()).succeeded().out()).contains("train: 60 digits");
    assertThat(count()).isEqualTo(60);
    ingest(List.of())
        .failedWith(
            "digits ingest: "
                + output
                + " exists already; choose another place or pass --overwrite to replace it");
    assertThat(digits(List.of(), "ingest").refused()).contains("Missing required options");
  }

  @Test
  void aSiteMaySerializeWithKryo() throws Exception {
    ingest(
            List.of(
                "-Dspark.serializer=org.apache.spark.serializer.KryoSerializer",
                "-Dspark.master=local[2]"))
        .succeeded();
    assertThat(count()).isEqualTo(60);
  }

  /** Spark would end an executor with a status of its own, and here that is the job's process. */
  @Test
  void aTaskThatRunsOutOfMemoryFailsTheJobWithItsLine() throws Exception {
    process(GreedyJob.class, List.of(), "greedy")
        .failedWith(
            "digits greedy: the heap ran out (Java heap space); give it more, with --driver-memory"
                + " or on a cluster --executor-memory, or let it take fewer cores or a smaller"
                + " --batch-size, and run it again");
  }

  private long count() throws IOException {
    return DigitsDataset.open(TestSpark.session(), output.toString()).rows("train").count();
  }
}
