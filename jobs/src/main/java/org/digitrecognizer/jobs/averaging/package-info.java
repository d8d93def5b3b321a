/**
 * Training by parameter averaging on Spark (Su and Chen 2015, section 3): an epoch's examples as
 * minibatches on executors, rounds of training and averaging, and the fit of the confidence. {@link
 * org.digitrecognizer.jobs.averaging.ParameterAveraging} is the door; the jobs that train share it.
 */
package org.digitrecognizer.jobs.averaging;
