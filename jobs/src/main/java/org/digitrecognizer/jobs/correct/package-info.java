/** The job that takes in what people said of images. */
package org.digitrecognizer.jobs.correct;
