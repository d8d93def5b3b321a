/**
 * The Spark jobs. {@link org.digitrecognizer.jobs.Digits} is the one main of all of them; each job
 * has a package of its own and knows no other job, only what all share: {@code launch} and {@code
 * dataset}.
 */
package org.digitrecognizer.jobs;
