// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.adapt;

import org.apache.hadoop.fs.Path;
import org.digitrecognizer.model.ModelDescription;

/**
 * What an adaptation came to.
 *
 * @param model the directory that was written
 * @param parent the model it was made of, and how much better it is
 */
public record AdaptResult(Path model, ModelDescription.Parent parent) {}
