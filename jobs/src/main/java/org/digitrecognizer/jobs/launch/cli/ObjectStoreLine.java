// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.cli;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a store of objects, reached by {@code s3a:}, says that a user can mend. Hadoop's connector
 * is no part of the build, and an executor's errors may arrive as text: known are the words of
 * Hadoop 3.3 and 3.4.
 */
final class ObjectStoreLine {

  private static final Pattern NO_BUCKET =
      Pattern.compile("UnknownStoreException: .*?s3a://([^/\\s:'`]+)");

  /** Before what is refused, since that is what it is wrapped in. */
  private static final Pattern NO_KEYS = Pattern.compile("NoAuthWithAWSException|NoAwsCredentials");

  private static final Pattern REFUSED =
      Pattern.compile("AccessDeniedException: `?(s3a://[^\\s:'`]+)");

  /** As Amazon's libraries say it, that of Hadoop 3.3 and that of 3.4, once or twice in a line. */
  private static final Pattern UNREACHED =
      Pattern.compile(
          "Unable to execute HTTP request: ([^\\r\\n]*?)(?=: Unable to execute|[\\r\\n]|$)");

  private ObjectStoreLine() {}

  /**
   * Returns what it has refused and what to do.
   *
   * @param errors as they are said, the outermost first
   * @return empty if it is of something else
   */
  static Optional<String> of(List<String> errors) {
    String text = String.join("\n", errors);
    return found(NO_BUCKET, text)
        .map(ObjectStoreLine::noBucket)
        .or(() -> found(REFUSED, text).map(place -> refused(place, text)))
        .or(() -> found(UNREACHED, text).map(ObjectStoreLine::unreached));
  }

  private static String noBucket(String bucket) {
    return "there is no bucket "
        + bucket
        + " at the object store; check its name and fs.s3a.endpoint, or make it";
  }

  private static String refused(String place, String text) {
    return NO_KEYS.matcher(text).find()
        ? "there are no keys for "
            + place
            + "; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, here and on the executors, or"
            + " give the machine a role"
        : "the object store refuses "
            + place
            + " (403); check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or the machine's role, and"
            + " that these may read and write there";
  }

  private static String unreached(String why) {
    return "the object store cannot be reached ("
        + why
        + "); check fs.s3a.endpoint, and that the store is up";
  }

  private static Optional<String> found(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    return found.find() ? Optional.of(found.group(1).strip()) : Optional.empty();
  }
}
