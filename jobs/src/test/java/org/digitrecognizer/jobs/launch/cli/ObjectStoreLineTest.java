// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

/** The words of Hadoop 3.3.4's connector, as a server of object storage made it say them. */
class ObjectStoreLineTest {

  private static final String FORBIDDEN =
      "getFileStatus on s3a://digits/scores/_score.json:"
          + " com.amazonaws.services.s3.model.AmazonS3Exception: Forbidden (Service: Amazon S3;"
          + " Status Code: 403; Error Code: 403 Forbidden; Request ID: 4442587FB7D0A2F9)";

  @Test
  void anUnknownBucketIsNamed() {
    String message =
        "Job aborted due to stage failure: Task 0 in stage 1.0 failed 1 times\n"
            + "org.apache.hadoop.fs.s3a.UnknownStoreException: `s3a://nobucket/in': getFileStatus"
            + " on s3a://nobucket/in: com.amazonaws.services.s3.model.AmazonS3Exception: The"
            + " specified bucket does not exist (Service: Amazon S3; Status Code: 404)";
    assertThat(ErrorLine.of(new SparkException(message)))
        .isEqualTo(
            "there is no bucket nobucket at the object store; check its name and fs.s3a.endpoint,"
                + " or make it");
  }

  @Test
  void wrongKeysAreNotNoKeys() {
    Exception wrong = new AccessDeniedException("s3a://digits/scores/_score.json", null, FORBIDDEN);
    assertThat(ErrorLine.of(new RuntimeException(wrong)))
        .isEqualTo(
            "the object store refuses s3a://digits/scores/_score.json (403); check"
                + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or the machine's role, and that"
                + " these may read and write there");
    Exception none =
        new AccessDeniedException(
            "s3a://digits/scores",
            null,
            "org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException: No AWS Credentials provided by"
                + " TemporaryAWSCredentialsProvider : com.amazonaws.SdkClientException: Unable to"
                + " load AWS credentials from environment variables");
    assertThat(ErrorLine.of(none))
        .isEqualTo(
            "there are no keys for s3a://digits/scores; set AWS_ACCESS_KEY_ID and"
                + " AWS_SECRET_ACCESS_KEY, here and on the executors, or give the machine a role");
  }

  @Test
  void aStoreThatIsDownIsSaidToBe() {
    Exception down =
        new IOException(
            "getFileStatus on s3a://digits/scores/_score.json: com.amazonaws.SdkClientException:"
                + " Unable to execute HTTP request: Connect to 127.0.0.1:18199 [/127.0.0.1] failed:"
                + " Connection refused: Unable to execute HTTP request: Connect to 127.0.0.1:18199"
                + " [/127.0.0.1] failed: Connection refused\n\tat org.example.Client");
    assertThat(ErrorLine.of(down))
        .isEqualTo(
            "the object store cannot be reached (Connect to 127.0.0.1:18199 [/127.0.0.1] failed:"
                + " Connection refused); check fs.s3a.endpoint, and that the store is up");
  }

  @Test
  void aLocalFileThatMayNotBeReadIsNoMatterOfAStore() {
    assertThat(ErrorLine.of(new AccessDeniedException("/srv/scores")))
        .isEqualTo(
            "java.nio.file.AccessDeniedException: /srv/scores (run again with --verbose for the"
                + " stack trace)");
  }
}
