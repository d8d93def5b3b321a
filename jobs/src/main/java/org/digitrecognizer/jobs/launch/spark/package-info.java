/** The Spark session of every job: its settings, its checks, its executors. */
package org.digitrecognizer.jobs.launch.spark;
