/** The rows of an output: their columns, and how a task writes them. */
package org.digitrecognizer.jobs.score.rows;
