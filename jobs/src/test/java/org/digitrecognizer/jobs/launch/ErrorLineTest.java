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

  @Test
  void anotherErrorOfStorageIsNot() {
    assertThat(ErrorLine.of(new IOException("No route to host")))
        .isEqualTo(
            "java.io.IOException: No route to host (run again with --verbose for the stack trace)");
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
