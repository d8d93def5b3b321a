/** What a run says of itself while it goes on. */
package org.digitrecognizer.jobs.score.status;
