/**
 * How well a model reads: accumulators that take one reading at a time in bounded memory, merge in
 * any order to the same result, and end as metrics.json. They are plain serializable classes, so
 * that whoever distributes the work can ship them.
 */
package org.digitrecognizer.evaluation;
