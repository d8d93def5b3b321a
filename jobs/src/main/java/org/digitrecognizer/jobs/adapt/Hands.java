// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.adapt;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.averaging.Seeds;
import scala.Tuple2;

/**
 * Which scans are held back. Scans of one hand look alike, so that to hold back some of them and
 * train on others would flatter the network: whole archives are held back, or whole folders where
 * there is one archive, or whatever the user's pattern says is of one origin.
 */
final class Hands implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What groups the scans. */
  private enum By {
    PATTERN,
    ARCHIVE,
    FOLDER
  }

  private final By by;
  private final Set<String> heldBack;
  private final long groups;

  private Hands(By by, Set<String> heldBack, long groups) {
    this.by = by;
    this.heldBack = heldBack;
    this.groups = groups;
  }

  /** How many scans a group has, and of which digits. */
  private static final class Group implements Serializable {
    private static final long serialVersionUID = 1L;
    private long scans;
    private int digits;

    static Group of(SiteScan scan) {
      Group group = new Group();
      group.scans = 1;
      group.digits = 1 << scan.digit().label();
      return group;
    }

    Group with(Group other) {
      Group both = new Group();
      both.scans = scans + other.scans;
      both.digits = digits | other.digits;
      return both;
    }
  }

  /**
   * Chooses.
   *
   * @param scans all that are labelled
   * @param pattern whether origins come from a pattern
   * @param share of the scans to hold back, about, 0..1
   * @throws UserException if there is nothing to choose from
   */
  static Hands choose(JavaRDD<SiteScan> scans, boolean pattern, double share, long seed) {
    if (pattern) {
      return choose(By.PATTERN, groups(scans, SiteScan::origin), share, seed);
    }
    Map<String, Group> archives = groups(scans, SiteScan::archive);
    if (archives.size() > 1) {
      return choose(By.ARCHIVE, archives, share, seed);
    }
    return choose(By.FOLDER, groups(scans, SiteScan::folder), share, seed);
  }

  private interface Key extends Function<SiteScan, String>, Serializable {}

  private static Map<String, Group> groups(JavaRDD<SiteScan> scans, Key key) {
    return new TreeMap<>(
        scans
            .mapToPair(scan -> new Tuple2<>(key.apply(scan), Group.of(scan)))
            .reduceByKey(Group::with)
            .collectAsMap());
  }

  private static Hands choose(By by, Map<String, Group> groups, double share, long seed) {
    requireSeveral(by, groups);
    long all = groups.values().stream().mapToLong(group -> group.scans).sum();
    List<String> order = new ArrayList<>(groups.keySet());
    order.sort(Comparator.comparingLong(name -> Seeds.mix(seed, name.hashCode())));
    Set<String> heldBack = new HashSet<>();
    long held = 0;
    for (String name : order.subList(0, order.size() - 1)) {
      if (held >= share * all) {
        break;
      }
      heldBack.add(name);
      held += groups.get(name).scans;
    }
    return new Hands(by, Set.copyOf(heldBack), groups.size());
  }

  private static void requireSeveral(By by, Map<String, Group> groups) {
    Set<Integer> digits = new HashSet<>();
    groups.values().forEach(group -> digits.add(group.digits));
    boolean folderIsDigit =
        by == By.FOLDER && groups.values().stream().allMatch(g -> Integer.bitCount(g.digits) == 1);
    if (groups.size() < 2 || (folderIsDigit && digits.size() > 1)) {
      throw new UserException(
          String.format(
              "the labelled scans are of %s; to judge by other hands than were trained on, give"
                  + " several archives or folders of hands, or say with --origin-pattern what in a"
                  + " scan's name tells whose it is",
              folderIsDigit && groups.size() > 1
                  ? "one archive whose folders are the digits"
                  : "one archive and folder, or of one origin"));
    }
  }

  /** Returns whether a scan is one of those to judge by. */
  boolean isHeldBack(SiteScan scan) {
    return heldBack.contains(
        switch (by) {
          case PATTERN -> scan.origin();
          case ARCHIVE -> scan.archive();
          case FOLDER -> scan.folder();
        });
  }

  /** Returns what is held back, as the end of a sentence: {@code 3 of 10 archives}. */
  String description() {
    return String.format(
        "%d of %d %s",
        heldBack.size(),
        groups,
        switch (by) {
          case PATTERN -> "origins";
          case ARCHIVE -> "archives";
          case FOLDER -> "folders";
        });
  }
}
