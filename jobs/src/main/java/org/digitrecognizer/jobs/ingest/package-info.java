/** The job that turns MNIST's IDX files into the digits dataset that the other jobs read. */
package org.digitrecognizer.jobs.ingest;
