// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.hadoop.hdfs.protocol.DSQuotaExceededException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.spark.SparkException;
import org.digitrecognizer.failure.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one line of failures that have words of their own. */
class ErrorLineTest {

  @ParameterizedTest
  @ValueSource(strings = {"No space left on device", "Disk quota exceeded"})
  void aFullDiskIsCalledSo(String message) {
    Exception onExecutor =
        new SparkException("Job aborted due to stage failure: ...", new IOException(message));
    assertThat(ErrorLine.of(onExecutor))
        .isEqualTo(
            "no space left for the output (%s); make room or raise the quota, and run it again"
                .formatted(message));
  }

  @Test
  void soIsAQuotaOfHdfsEvenAsText() {
    String expected =
        "no space left for the output (The DiskSpace quota of /u is exceeded: quota = 1 B = 1 B but"
            + " diskspace consumed = 2 B = 2 B); make room or raise the quota, and run it again";
    DSQuotaExceededException quota = new DSQuotaExceededException(1, 2);
    quota.setPathName("/u");
    assertThat(ErrorLine.of(quota)).isEqualTo(expected);
    String text = quota.getMessage() + "\n\tat org.example.Server.main(Server.java:1)";
    assertThat(ErrorLine.of(new RemoteException(quota.getClass().getName(), text)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/u/predictions/a.parquet (Read-only file system)",
        "Cannot create directory /u. Name node is in safe mode.",
        "Permission denied: user=me, access=WRITE, inode=\"/u\":hdfs:hdfs:drwxr-xr-x"
      })
  void soIsAPlaceThatCannotBeWrittenTo(String message) {
    assertThat(ErrorLine.of(new RuntimeException(new IOException(message + "\nmore"))))
        .isEqualTo(
            "the file system does not let it read or write (%s); mend that or choose another place,"
                    .formatted(message)
                + " and run it again");
  }

  @Test
  void soIsAUserWithoutAName() {
    Exception login =
        new IOException(
            "failure to login: javax.security.auth.login.LoginException:"
                + " java.lang.NullPointerException: invalid null input: name");
    assertThat(ErrorLine.of(new RuntimeException(login)))
        .isEqualTo(
            "the user that this runs as has a number and no name here, without which Hadoop cannot"
                + " log in; give it a line in /etc/passwd, or run as another user");
  }

  @Test
  void anotherErrorOfStorageIsNot() {
    assertThat(ErrorLine.of(new IOException("No route to host")))
        .isEqualTo(
            "java.io.IOException: No route to host (run again with --verbose for the stack trace)");
  }

  @Test
  void aNodeWithAnotherJavaOrSparkIsCalledSo() {
    String java =
        "UnsupportedClassVersionError: org/digitrecognizer/A has been compiled by a more recent"
            + " version of the Java Runtime (class file version 61.0)";
    assertThat(ErrorLine.of(onExecutor("java.lang." + java)))
        .isEqualTo(
            "a node of the cluster has too old a Java (%s); install JDK 17 there, or let"
                    .formatted(java)
                + " spark.executorEnv.JAVA_HOME name one");
    String spark =
        "InvalidClassException: org.apache.spark.rdd.RDD; local class incompatible: stream"
            + " classdesc serialVersionUID = 1, local class serialVersionUID = 2";
    assertThat(ErrorLine.of(onExecutor("java.io." + spark)))
        .isEqualTo(
            "a node of the cluster has another Spark or Scala than the driver (%s); let all have"
                    .formatted(spark)
                + " the same");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Java heap space", "GC overhead limit exceeded"})
  void aHeapThatRanOutIsCalledSo(String message) {
    String expected =
        "the heap ran out (%s); give it more, with --driver-memory or on a cluster"
                .formatted(message)
            + " --executor-memory, or let it take fewer cores or a smaller --batch-size, and run it"
            + " again";
    OutOfMemoryError error = new OutOfMemoryError(message);
    assertThat(ErrorLine.of(error)).isEqualTo(expected);
    assertThat(ErrorLine.of(new SparkException("Job aborted", error))).isEqualTo(expected);
    assertThat(ErrorLine.of(onExecutor(error.toString()))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Physical memory usage is too high: physicalBytes (4097M) > maxPhysicalBytes (4096M)",
        "Failed to allocate memory within limits: totalBytes (900M + 200M) > maxBytes (1024M)",
        "Cannot reserve 65536 bytes of direct buffer memory (allocated: 1, limit: 2)"
      })
  void soIsMemoryOutsideTheHeap(String message) {
    String expected =
        "memory outside the heap ran out (%s); raise -Dorg.bytedeco.javacpp.maxbytes and"
                .formatted(message)
            + " maxphysicalbytes, which conf/spark-*.conf sets, or let it take fewer cores or a"
            + " smaller --batch-size, and run it again";
    OutOfMemoryError cause = new OutOfMemoryError(message);
    OutOfMemoryError error = new OutOfMemoryError("Cannot allocate new FloatPointer(9)");
    error.initCause(cause);
    assertThat(ErrorLine.of(error)).isEqualTo(expected);
    assertThat(ErrorLine.of(onExecutor(cause.toString()))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Command |exited with code 52|",
        "Container marked as failed: c_1 on host: node7. |Exit status: 52|. Diagnostics: none",
        "Container |killed by YARN for exceeding physical memory limits|. 6.1 GB of 6 GB used."
      })
  void soIsTheMemoryOfAnExecutorThatItEnded(String reason) {
    assertThat(
            ErrorLine.of(
                onExecutor(
                    "ExecutorLostFailure (executor 1 exited caused by one of the running tasks)"
                        + " Reason: "
                        + reason.replace("|", ""))))
        .isEqualTo(
            "memory of an executor ran out (%s); give it more, with --executor-memory or on YARN"
                    .formatted(reason.split("\\|", -1)[1])
                + " spark.executor.memoryOverhead, or let it take fewer cores or a smaller"
                + " --batch-size, and run it again");
  }

  /** Returns an error as Spark's driver throws it, with the executor's as text. */
  private static SparkException onExecutor(String error) {
    return new SparkException(
        "Job aborted due to stage failure: Task 0 in stage 1.0 failed 4 times, most recent failure:"
            + " Lost task 0.3 in stage 1.0 (TID 7) (node7 executor 1): "
            + error
            + "\n\tat java.base/java.lang.ClassLoader.defineClass1(Native Method)\n");
  }

  @Test
  void aClusterThatIsLostIsCalledSo() {
    assertThat(
            ErrorLine.of(
                new IllegalStateException("Cannot call methods on a stopped SparkContext.\n...")))
        .startsWith("Spark stopped under the job: its master cannot be reached or has turned");
    assertThat(ErrorLine.of(new IllegalStateException("another")))
        .startsWith("java.lang.IllegalStateException: another");
  }

  @Test
  void aNameThatSteersTheTerminalDoesNot() {
    assertThat(ErrorLine.of(new UserException("\033[31mred.zip is\n damaged")))
        .isEqualTo("?[31mred.zip is damaged");
    assertThat(ErrorLine.of(new IllegalStateException("\033]0;title\007")))
        .startsWith("java.lang.IllegalStateException: ?]0;title?");
  }
}
