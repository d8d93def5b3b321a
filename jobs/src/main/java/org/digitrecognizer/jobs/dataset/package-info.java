/**
 * The digits dataset in Parquet, which ingest writes and the other jobs read. {@link
 * org.digitrecognizer.jobs.dataset.DigitsDataset} is the reader, {@link
 * org.digitrecognizer.jobs.dataset.DigitsDatasetWriter} the writer; a dataset is replaced so that
 * at any moment either the old one or the new one is there, whole.
 */
package org.digitrecognizer.jobs.dataset;
