// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIOException;
import org.digitrecognizer.failure.UserException;

/**
 * Keeps a second run off an output. The lock is a file; a heartbeat beside it shows that its holder
 * lives. A lock whose holder was killed is taken over: at once if the process was certainly one of
 * this machine's, else when the heartbeat has been silent for a while.
 */
public final class OutputLock implements AutoCloseable {

  /** The lock: a sealed file that says who holds it. */
  public static final String FILE = "_lock.json";

  /** What its holder writes again every few seconds. */
  public static final String HEARTBEAT = "_lock.heartbeat";

  private static final Duration BEAT = Duration.ofSeconds(5);
  private static final int SILENT_BEATS = 5;

  /** How much shorter than a beat it takes until a lock that was written has come to rest. */
  private static final int SETTLES_IN_A_BEAT = 5;

  /** Of file systems that make a file for one of two who ask at once. */
  private static final Set<String> ATOMIC = Set.of("file", "hdfs");

  private static final int MOST_READS = 20;

  private final FileSystem fs;
  private final Path output;
  private final Path file;
  private final Path heartbeat;
  private final LockHolder self;
  private final Duration beat;
  private Ticker heart;

  private OutputLock(FileSystem fs, Path output, LockHolder self, Duration beat) {
    this.fs = fs;
    this.output = output;
    this.file = new Path(output, FILE);
    this.heartbeat = new Path(output, HEARTBEAT);
    this.self = self;
    this.beat = beat;
  }

  /**
   * Takes the lock. Object storage lets two who ask at once both write it, and keeps what came
   * last: there each waits for a second, in which the other's arrives, and looks whose it is.
   *
   * @param output the directory of the output, which is there
   * @throws UserException if another run holds it
   */
  public static OutputLock acquire(FileSystem fs, Path output) throws IOException {
    return acquire(fs, output, BEAT);
  }

  static OutputLock acquire(FileSystem fs, Path output, Duration beat) throws IOException {
    OutputLock lock = new OutputLock(fs, output, LockHolder.self(), beat);
    if (!lock.create()) {
      lock.removeStale();
      if (!lock.create()) {
        throw lock.held();
      }
    }
    if (!ATOMIC.contains(fs.getUri().getScheme())) {
      lock.pause(beat.dividedBy(SETTLES_IN_A_BEAT));
    }
    lock.requireHeld();
    lock.beat();
    lock.heart = new Ticker("output-lock-heartbeat", beat, lock::beatQuietly);
    return lock;
  }

  /**
   * Asks whether anybody holds the lock, and takes it not.
   *
   * @return who does, in words; empty if nobody does
   */
  public static Optional<String> heldBy(FileSystem fs, Path output) throws IOException {
    OutputLock lock = new OutputLock(fs, output, LockHolder.self(), BEAT);
    return fs.exists(lock.file) ? Optional.of("a run" + lock.who()) : Optional.empty();
  }

  /**
   * Asks whether another run has taken the lock over, which it may when this one was silent. The
   * lock is a lease: a process that stands still between this and what it does next can still write
   * into an output that is another's by then, but only files that bear its own token.
   *
   * @throws UserException if one has, or the output was removed
   */
  public void requireHeld() throws IOException {
    Optional<LockHolder> holder = holder();
    if (holder.isEmpty() && !fs.exists(output)) {
      throw new UserException(
          output + " was removed while this run was writing to it; run it again");
    }
    if (holder.isEmpty() || !holder.get().token().equals(self.token())) {
      throw held();
    }
  }

  /** Returns a name that no other run has. */
  public String token() {
    return self.token();
  }

  @Override
  public void close() throws IOException {
    heart.close();
    Optional<LockHolder> holder = holder();
    if (holder.isPresent() && holder.get().token().equals(self.token())) {
      fs.delete(heartbeat, false);
      fs.delete(file, false);
    }
  }

  private boolean create() throws IOException {
    OutputStream stream;
    try {
      stream = fs.create(file, false);
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      // HDFS and others have their own words for a file that exists.
      if (fs.exists(file)) {
        return false;
      }
      throw e;
    }
    try (stream) {
      stream.write(JsonFile.sealed(self));
      return true;
    } catch (IOException e) {
      // No space, for example: the file is there, and without a holder it would look like
      // another's.
      if (holder().isEmpty()) {
        fs.delete(file, false);
      }
      throw e;
    }
  }

  private void removeStale() throws IOException {
    Optional<LockHolder> known = holder().filter(self::countsAs);
    boolean stale = known.isPresent() ? !known.get().lives() : isSilent();
    if (!stale) {
      throw held();
    }
    fs.delete(file, false);
  }

  private boolean isSilent() throws IOException {
    long before = lastBeat();
    pause(beat.multipliedBy(SILENT_BEATS));
    return lastBeat() == before;
  }

  private void pause(Duration time) throws IOException {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw held();
    }
  }

  private long lastBeat() throws IOException {
    try {
      return fs.getFileStatus(heartbeat).getModificationTime();
    } catch (FileNotFoundException e) {
      return 0;
    }
  }

  private Optional<LockHolder> holder() throws IOException {
    for (int reads = 1; ; reads++) {
      try {
        return JsonFile.readIfWhole(fs, file, LockHolder.class);
      } catch (PathIOException e) {
        // Object storage says so where another wrote it between its opening and its reading.
        if (reads == MOST_READS) {
          throw e;
        }
      }
    }
  }

  private UserException held() throws IOException {
    return new UserException(
        "Another run is writing to "
            + output
            + who()
            + "; wait until it has ended, or choose another --output");
  }

  private String who() throws IOException {
    return holder()
        .map(holder -> " (process " + holder.pid() + " on " + holder.host() + ")")
        .orElse("");
  }

  private void beat() throws IOException {
    try (OutputStream stream = fs.create(heartbeat, true)) {
      stream.write('.');
    }
  }

  // A beat that fails is one that is not heard; whether the lock is still ours is asked before each
  // commit.
  private void beatQuietly() {
    try {
      beat();
    } catch (IOException e) {
      return;
    }
  }
}
