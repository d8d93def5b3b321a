/**
 * What submit/digits asks Java: which command a command line comes to, and what is answered without
 * one. The script finds Java and Spark, and runs the command in its own place.
 */
package org.digitrecognizer.jobs.launch.command;
