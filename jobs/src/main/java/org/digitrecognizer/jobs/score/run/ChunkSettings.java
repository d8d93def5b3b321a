package org.digitrecognizer.jobs.score.run;

import org.digitrecognizer.archive.ArchiveLimits;
import org.digitrecognizer.jobs.reading.NetworkBroadcast;
import org.digitrecognizer.jobs.score.Truths;
import org.digitrecognizer.scan.ScanLimits;

/**
 * What is the same for all chunks of a run.
 *
 * @param network that reads
 * @param truths what is known of the truth
 * @param archiveLimits what stops bombs among archives
 * @param scanLimits what stops bombs among images
 * @param images counts what is read in this run
 */
public record ChunkSettings(
    NetworkBroadcast network,
    Truths truths,
    ArchiveLimits archiveLimits,
    ScanLimits scanLimits,
    ImageCounters images) {}
