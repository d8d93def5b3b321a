// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.digit;

import java.io.Serializable;

/**
 * Why something that was found could not be read as a digit.
 *
 * @param reason one of a fixed set
 * @param detail one line that a person understands
 */
public record Rejection(Reason reason, String detail) implements Serializable {

  /** Makes one line of a detail that has several, as a file system's message or a name may have. */
  public Rejection {
    detail = detail.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /** Returns what is said of an image whose storage still failed at the last attempt. */
  public static Rejection storageFailed(String error) {
    return new Rejection(
        Reason.READ_ERROR, "The file system failed here, at the last attempt: " + error);
  }

  /** All the reasons there are, each with what it means; the README says it in the same words. */
  public enum Reason {
    UNREADABLE_ARCHIVE("The archive cannot be opened, or is damaged from some point on."),
    ENCRYPTED("It needs a password."),
    CORRUPT("Its bytes are not what the file format or the archive promises."),
    UNSUPPORTED_FORMAT(
        "It is in no image format that is read, or it is a pipe, a socket or a device."),
    TOO_LARGE(
        "It is beyond a limit on bytes, pixels, pages, compression ratio or the cost of drawing."),
    EMPTY("It has no bytes at all or, as an archive, no entries."),
    BLANK("It is an image without ink."),
    MULTIPLE_DIGITS(
        "Its ink is clearly more than one digit, or the network sees no single digit in it."),
    MISSING("It was there when the work was planned, and gone when it was to be read."),
    READ_ERROR(
        "Its storage still failed at the last attempt to read it, or its name cannot be opened."),
    NESTED_ARCHIVE("It is an archive inside an archive, which is not opened."),
    NOT_ON_FORM(
        "Its name is not that of a cell on the form: the form's 'group' does not find one.");

    private final String meaning;

    Reason(String meaning) {
      this.meaning = meaning;
    }

    /** Returns what it means, in one sentence that a person understands. */
    public String meaning() {
      return meaning;
    }

    /** Whether another attempt may read it: its storage failed, or it was not there. */
    public boolean mayPass() {
      return this == READ_ERROR || this == MISSING;
    }
  }
}
