/** What an evaluation leaves as files: metrics.json, tables and lists in CSV. */
package org.digitrecognizer.evaluation.files;
