package org.digitrecognizer.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.hadoop.hdfs.protocol.DSQuotaExceededException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.spark.SparkException;
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
}
