// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.digitrecognizer.jobs.score.output.CommitRecord;
import org.digitrecognizer.jobs.score.output.SumCheck;
import org.digitrecognizer.storage.StoredFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a chunk of nine images must come to before it is committed. */
class ChunkSumsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "8|1|9|9||",
        "8|2|10|9||",
        "8|1|10|9|found 10 images but wrote 8 readings and 1 rejects|x",
        "8|1|9|10|of 9 images that were planned, ranges with 10 were read and 9 images found|x",
        "8|0|8|9|of 9 images that were planned, ranges with 9 were read and 8 images found|x"
      })
  void aChunkThatIsNotWholeIsRefused(
      long scored, long rejected, long found, long read, String message, String wrong) {
    CommitRecord record =
        new CommitRecord(
            3,
            7,
            1,
            new CommitRecord.Part(new StoredFile("p", 1, 0), scored),
            new CommitRecord.Part(new StoredFile("r", 1, 0), rejected),
            null,
            null,
            found,
            read,
            0,
            1,
            "");
    if (wrong == null) {
      SumCheck.requireComplete(record, 9);
    } else {
      assertThatThrownBy(() -> SumCheck.requireComplete(record, 9))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Batch 3, chunk 7: " + message + "; nothing of it was committed");
    }
  }
}
