/**
 * Turns an archive of scans into ranges of entries that many machines can read at once, and a range
 * into its entries, one after the other. Neither an archive nor the list of its entries is ever
 * held in memory, and whatever is wrong with an archive comes out as a value beside its good
 * entries: only the file system's own errors are exceptions.
 */
package org.digitrecognizer.archive;
