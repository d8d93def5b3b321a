/** Zip archives: the central directory split into ranges, members unpacked as a stream. */
package org.digitrecognizer.archive.zip;
