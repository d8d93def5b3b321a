/**
 * From the bytes of an image or a document to digits in MNIST's form: decoding finds the pages,
 * normalising finds the one digit on each. Whatever the bytes hold, the outcome is a value.
 */
package org.digitrecognizer.scan;
