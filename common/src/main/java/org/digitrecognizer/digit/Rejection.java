package org.digitrecognizer.digit;

/**
 * Why something that was found could not be read as a digit.
 *
 * @param reason one of a fixed set
 * @param detail one line that a person understands
 */
public record Rejection(Reason reason, String detail) {

  /** All the reasons there are; the README explains each. */
  public enum Reason {
    /** The archive cannot be opened or is damaged from some point on. */
    UNREADABLE_ARCHIVE,
    /** Needs a password. */
    ENCRYPTED,
    /** The bytes are not what the entry or the format promises. */
    CORRUPT,
    /** No image format that is read. */
    UNSUPPORTED_FORMAT,
    /** Beyond one of the limits on bytes, pixels, pages or compression ratio. */
    TOO_LARGE,
    /** No bytes at all. */
    EMPTY,
    /** An image without ink. */
    BLANK,
    /** The ink is clearly more than one digit. */
    MULTIPLE_DIGITS,
    /** Gone between planning and reading. */
    MISSING,
    /** Still failing at the last attempt. */
    READ_ERROR,
    /** An archive inside an archive. */
    NESTED_ARCHIVE
  }
}
