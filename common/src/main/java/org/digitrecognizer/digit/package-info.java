/**
 * The vocabulary that all other packages speak: an image of one digit, what it was read as, and why
 * something could not be read. Plain values, no library.
 */
package org.digitrecognizer.digit;
