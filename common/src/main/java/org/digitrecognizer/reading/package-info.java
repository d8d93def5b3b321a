/**
 * The way of a scan without Spark: planned range to entries, pages, digits, readings or rejections.
 */
package org.digitrecognizer.reading;
