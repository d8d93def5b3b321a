package org.digitrecognizer.jobs.score;

import org.apache.spark.util.LongAccumulator;
import org.digitrecognizer.archive.ArchiveLimits;
import org.digitrecognizer.jobs.reading.NetworkBroadcast;
import org.digitrecognizer.scan.ScanLimits;

/**
 * What is the same for all chunks of a run.
 *
 * @param network that reads
 * @param truths what is known of the truth
 * @param archiveLimits what stops bombs among archives
 * @param scanLimits what stops bombs among images
 * @param scored counts images that were read in this run
 * @param rejected counts images that were not
 */
record ChunkSettings(
    NetworkBroadcast network,
    Truths truths,
    ArchiveLimits archiveLimits,
    ScanLimits scanLimits,
    LongAccumulator scored,
    LongAccumulator rejected) {}
