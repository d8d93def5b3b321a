// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.review;

import java.util.List;
import java.util.Locale;

/**
 * How often what stands without a person is wrong, as the audit shows it.
 *
 * @param run number of the run that it is about; null for all of them
 * @param accepted how many readings stand without a person
 * @param audited how many of them were drawn
 * @param right how many of these people have read as the machine has
 * @param wrong how many were keyed otherwise twice, without seeing what was read
 * @param wrongByOne how many of these one person has keyed both times, and nobody else
 * @param unanswered how many have no answer yet, or one that differs and is to be keyed again
 * @param atLeast lower bound of the error rate, {@link AuditBounds#LEVEL}; what is unanswered
 *     counts as right
 * @param atMost upper bound; what is unanswered counts as wrong
 * @param targetError the error rate that was aimed at, 0..1
 * @param shown whether the upper bound keeps the target
 * @param sentence that says all this
 * @param threshold what stands is at least so sure; null for all runs
 * @param modelSha256 of model.json
 * @param formSha256 of the form; null without one
 * @param archives how many archives the run read, or all runs did
 * @param archivesSha256 of their list; null for all runs
 * @param keyedBy who has answered, in small letters
 * @param perArchive a run's archives of which something was drawn, each for itself
 */
public record Certificate(
    Long run,
    long accepted,
    long audited,
    long right,
    long wrong,
    long wrongByOne,
    long unanswered,
    double atLeast,
    double atMost,
    double targetError,
    boolean shown,
    String sentence,
    Double threshold,
    String modelSha256,
    String formSha256,
    long archives,
    String archivesSha256,
    List<String> keyedBy,
    List<OfArchive> perArchive) {

  private static final String UNSHOWN =
      "Not yet shown how often what the machine let stand is wrong";

  /** Wrong in 1,000 hand-written numbers: PLoS ONE 2012, 10.1371/journal.pone.0035087. */
  private static final String KEYED = "numbers keyed once 0.37, keyed twice 0.046";

  /**
   * What a certificate is about; as there.
   *
   * @param accepted how many readings stand without a person
   */
  public record About(
      Long run,
      long accepted,
      double targetError,
      Double threshold,
      String modelSha256,
      String formSha256,
      long archives,
      String archivesSha256) {}

  /**
   * An archive for itself.
   *
   * @param archive its URI
   * @param atMostUnadjusted upper end of the plain 95 % interval (Wilson), which does not allow for
   *     looking at many archives, nor every night; what is unanswered counts as wrong
   */
  public record OfArchive(
      String archive, long audited, long right, long wrong, double atMostUnadjusted) {}

  /** Draws the conclusion. */
  public static Certificate of(
      About about,
      long audited,
      long right,
      long wrong,
      long wrongByOne,
      List<String> keyedBy,
      List<OfArchive> perArchive) {
    double atLeast = AuditBounds.lower(wrong, audited);
    double atMost = AuditBounds.upper(audited - right, audited);
    boolean shown = atMost <= about.targetError;
    return new Certificate(
        about.run,
        about.accepted,
        audited,
        right,
        wrong,
        wrongByOne,
        audited - right - wrong,
        atLeast,
        atMost,
        about.targetError,
        shown,
        sentence(about, audited, right, wrong, wrongByOne, atLeast, atMost, shown),
        about.threshold,
        about.modelSha256,
        about.formSha256,
        about.archives,
        about.archivesSha256,
        List.copyOf(keyedBy),
        List.copyOf(perArchive));
  }

  private static String sentence(
      About about,
      long audited,
      long right,
      long wrong,
      long wrongByOne,
      double atLeast,
      double atMost,
      boolean shown) {
    if (audited == 0) {
      return String.format(
          Locale.US, UNSHOWN + ": accepted %,d, none of them audited.", about.accepted);
    }
    if (right + wrong == 0) {
      return String.format(
          Locale.US,
          UNSHOWN + ": accepted %,d, audited %,d, no answer counts yet.",
          about.accepted,
          audited);
    }
    String counted =
        String.format(
            Locale.US, "accepted %,d, audited %,d, wrong %,d", about.accepted, audited, wrong);
    if (wrongByOne > 0) {
      counted += String.format(Locale.US, " (%,d keyed twice by one person)", wrongByOne);
    }
    long unanswered = audited - right - wrong;
    if (unanswered > 0) {
      counted += String.format(Locale.US, ", not yet answered %,d", unanswered);
    }
    if (shown) {
      return String.format(
          "A%s: at most %s in 1,000 wrong (95 %%); %s.",
          counted.substring(1), inThousand(atMost), KEYED);
    }
    return atLeast > about.targetError
        ? String.format(
            "The target of %s in 1,000 is missed: %s: at least %s, at most %s in 1,000 wrong"
                + " (95 %% each); %s.",
            inThousand(about.targetError), counted, inThousand(atLeast), inThousand(atMost), KEYED)
        : String.format(
            UNSHOWN
                + ", too few audited for %s in 1,000: %s: at most %s in 1,000 wrong (95 %%);"
                + " %s.",
            inThousand(about.targetError),
            counted,
            inThousand(atMost),
            KEYED);
  }

  /** Returns a rate as a count in 1,000, with two digits that mean something. */
  private static String inThousand(double rate) {
    double inThousand = 1000 * rate;
    String format = inThousand >= 10 ? "%.0f" : inThousand >= 1 ? "%.1f" : "%.2g";
    return String.format(Locale.US, format, inThousand);
  }
}
