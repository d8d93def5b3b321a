// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.run;

import java.io.Serializable;
import org.digitrecognizer.archive.ArchiveLimits;
import org.digitrecognizer.form.Form;
import org.digitrecognizer.jobs.reading.NetworkBroadcast;
import org.digitrecognizer.number.cut.CutLimits;
import org.digitrecognizer.reading.CellPlaces;
import org.digitrecognizer.reading.Truth;
import org.digitrecognizer.review.AuditLots;
import org.digitrecognizer.review.Pictured;
import org.digitrecognizer.scan.ScanLimits;

/**
 * What is the same for all chunks of a run.
 *
 * @param network that reads
 * @param truth where it is known
 * @param archiveLimits what stops bombs among archives
 * @param scanLimits what stops bombs among images
 * @param form what an image holds; null where it is one digit
 * @param cells where the cells of the form are; null unless its images are cells
 * @param cutLimits what stops numbers of too many pieces
 * @param pictured which readings are kept as pictures
 * @param audit how many of the sure ones are kept, too
 * @param images counts what is read in this run
 */
public record ChunkSettings(
    NetworkBroadcast network,
    Truth truth,
    ArchiveLimits archiveLimits,
    ScanLimits scanLimits,
    Form form,
    CellPlaces cells,
    CutLimits cutLimits,
    Pictured pictured,
    AuditLots audit,
    ImageCounters images)
    implements Serializable {}
