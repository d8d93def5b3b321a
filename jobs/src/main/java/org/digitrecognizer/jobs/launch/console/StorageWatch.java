// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.console;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.digitrecognizer.archive.io.StorageCalls;
import org.digitrecognizer.storage.Ticker;

/**
 * Says so when storage does not answer, with its name: after ten seconds, and again every minute.
 * Knows the calls of this process; executors that are processes of their own keep theirs to
 * themselves.
 */
public final class StorageWatch implements AutoCloseable {

  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration AGAIN = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Pattern REMOTE = Pattern.compile("[a-z0-9+.-]+://[^/]+");

  private final PrintWriter out;
  private final Supplier<Collection<StorageCalls.Pending>> pending;
  private final Ticker ticker;

  /** How long each storage that does not answer was waited for when that was last said. */
  private final Map<String, Duration> said = new HashMap<>();

  StorageWatch(
      PrintWriter out, Supplier<Collection<StorageCalls.Pending>> pending, Duration interval) {
    this.out = out;
    this.pending = pending;
    this.ticker = new Ticker("storage-watch", interval, this::look);
  }

  /** Watches until closed. */
  public static StorageWatch open(PrintWriter out) {
    return new StorageWatch(out, StorageCalls::pending, LOOK);
  }

  /** Looks once. */
  synchronized void look() {
    Map<String, List<StorageCalls.Pending>> late =
        pending.get().stream()
            .filter(call -> call.waited().compareTo(FIRST) >= 0)
            .collect(Collectors.groupingBy(call -> storage(call.place())));
    said.keySet().retainAll(late.keySet());
    late.forEach(this::sayIfDue);
  }

  private void sayIfDue(String storage, List<StorageCalls.Pending> calls) {
    StorageCalls.Pending oldest =
        calls.stream().min(Comparator.comparingLong(StorageCalls.Pending::since)).orElseThrow();
    Duration waited = oldest.waited();
    Duration before = said.get(storage);
    // A call that is younger than what was said is another one that hangs.
    if (before == null
        || waited.compareTo(before) < 0
        || waited.compareTo(before.plus(AGAIN)) >= 0) {
      said.put(storage, waited);
      ConsoleLine.say(out, Printable.of(line(storage, oldest.place(), calls.size() - 1, waited)));
    }
  }

  private static String line(String storage, String place, int others, Duration waited) {
    String about =
        others > 0
            ? " (" + place + " and " + others + " more)"
            : place.equals(storage) ? "" : " (" + place + ")";
    return storage
        + " has not answered for "
        + Progress.duration((double) waited.toSeconds())
        + about
        + "; this goes on when it does, or fails when its file system gives up";
  }

  /** Returns what stands still as one: a bucket or a server; of local files each by itself. */
  private static String storage(String place) {
    Matcher remote = REMOTE.matcher(place);
    return remote.lookingAt() ? remote.group() : place;
  }

  @Override
  public void close() {
    ticker.close();
  }
}
