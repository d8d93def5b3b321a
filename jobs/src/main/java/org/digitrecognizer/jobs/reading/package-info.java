/**
 * Reads digits on executors: the network is sent to each once, and every job that reads (training
 * its validation part, evaluating, scoring) does it through the classes here.
 */
package org.digitrecognizer.jobs.reading;
