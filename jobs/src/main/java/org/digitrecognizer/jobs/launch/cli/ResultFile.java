// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.failure.UserException;

/**
 * Tells a launcher on another machine how a job ended, where Spark's own client does not: it says 0
 * whatever happened on a standalone cluster, and only 0 or 1 on YARN. One JSON object: {@code
 * exitStatus}, and {@code message}, the line that went to stderr or "".
 */
final class ResultFile {

  private ResultFile() {}

  /**
   * @throws UserException if it cannot be written
   */
  static void write(String uri, int exitStatus, String message, Configuration conf) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("exitStatus", exitStatus);
    result.put("message", message);
    try {
      Path path = new Path(uri);
      byte[] json = new ObjectMapper().writeValueAsBytes(result);
      try (OutputStream stream = path.getFileSystem(conf).create(path, true)) {
        stream.write(json);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException("Cannot write the result file " + uri + ": " + e.getMessage(), e);
    }
  }
}
