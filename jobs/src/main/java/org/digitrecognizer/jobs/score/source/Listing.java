// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.source;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.launch.spark.Attempts;
import org.digitrecognizer.jobs.score.source.Entry.Kind;

/**
 * Lists trees of folders on the executors, one level after the other. The driver sees folders and
 * links alone, so that its memory does not grow with the files.
 */
final class Listing {

  private static final String DESCRIPTION = "spark.job.description";

  /** Tasks that each core gets at least, as folders are of different sizes. */
  private static final int TASKS_A_CORE = 4;

  private static final long FOLDERS_A_TASK = 100;
  private static final long FILES_A_TASK = 5000;

  /**
   * So many files are held by the driver: where there is little to do, Spark would take seconds for
   * a shuffle and a cache of it.
   */
  private static final int FEW = 1000;

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final Folders folders;
  private final Visited visited = new Visited();
  private final List<Entry> files = new ArrayList<>();
  private final List<JavaRDD<Entry>> levels = new ArrayList<>();

  /** How many files were found that are no links. */
  private long others;

  Listing(SparkSession spark, Folders folders) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.folders = folders;
  }

  /**
   * Lists what lies there.
   *
   * @param name of it, for the user
   * @param roots files and folders
   * @param excluded a folder to which no link leads, if it is there
   * @return columns of {@link SourceFiles}, which stay as they are
   */
  Dataset<Row> run(String name, List<Entry> roots, Optional<Entry> excluded) {
    String before = context.getLocalProperty(DESCRIPTION);
    context.setLocalProperty(DESCRIPTION, "Listing " + name);
    try {
      excluded.ifPresent(visited::exclude);
      roots.stream().filter(root -> !root.kind().isFolder()).forEach(files::add);
      List<Entry> level = visited.next(roots);
      for (boolean first = true; !level.isEmpty(); first = false) {
        level = visited.next(list(level, first));
      }
      return rows();
    } finally {
      context.setLocalProperty(DESCRIPTION, before);
      levels.forEach(JavaRDD::unpersist);
    }
  }

  /** Lists the folders of a level; returns the folders and links in them. */
  private List<Entry> list(List<Entry> level, boolean first) {
    Folders into = folders;
    Attempts attempts = Attempts.of(spark.sparkContext());
    JavaRDD<Entry> entries =
        context
            .parallelize(level, tasks(level.size(), FOLDERS_A_TASK))
            .flatMap(folder -> new FolderEntries(into, folder, attempts.mayBeLast(), !first))
            .map(entry -> entry.kind() == Kind.FILE ? entry.withoutReal() : entry)
            .persist(StorageLevel.MEMORY_AND_DISK_SER());
    levels.add(entries);
    List<Entry> special = new ArrayList<>();
    for (Special part : entries.mapPartitions(Special::of).collect()) {
      special.addAll(part.entries);
      others += part.others;
    }
    if (first) {
      special.stream().filter(Listing::isUnlisted).findFirst().ifPresent(Listing::refuse);
    }
    special.stream().filter(entry -> entry.kind() == Kind.LINK_TO_FILE).forEach(files::add);
    return special;
  }

  private static boolean isUnlisted(Entry entry) {
    return entry.kind() == Kind.UNLISTED;
  }

  private static void refuse(Entry root) {
    throw new UserException(
        String.format(
            "%s cannot be listed (%s); all machines that read must see it, and this user must be"
                + " allowed to list it",
            root.path(), root.detail()));
  }

  /** By path, so that a task that Spark repeats gets the same files. */
  private Dataset<Row> rows() {
    List<Entry> linked = visited.files(files);
    JavaRDD<Entry> all = context.parallelize(linked, tasks(linked.size(), FILES_A_TASK));
    for (JavaRDD<Entry> level : levels) {
      all = all.union(level.filter(entry -> !entry.kind().isLink() && !entry.kind().isFolder()));
    }
    long count = others + linked.size();
    if (count <= FEW) {
      return spark.createDataFrame(all.map(Entry::row).collect(), SourceFiles.COLUMNS);
    }
    Dataset<Row> rows =
        spark
            .createDataFrame(all.map(Entry::row), SourceFiles.COLUMNS)
            .repartition(tasks(count, FILES_A_TASK), functions.col(SourceFiles.PATH))
            .persist(StorageLevel.MEMORY_AND_DISK());
    // Before the levels are given back, of which it is made.
    rows.count();
    return rows;
  }

  /**
   * Returns how many tasks some work is dealt out to.
   *
   * @param most how much of it a task does, where that makes enough tasks for all cores
   */
  private int tasks(long work, long most) {
    long wanted = Math.max(work / most, (long) TASKS_A_CORE * context.defaultParallelism());
    return (int) Math.max(1, Math.min(work, wanted));
  }

  /** What the driver is to know of the entries that a task has found: all but plain files. */
  private static final class Special implements Serializable {

    private static final long serialVersionUID = 1L;

    private final ArrayList<Entry> entries = new ArrayList<>();

    /** How many plain files there are. */
    private long others;

    static Iterator<Special> of(Iterator<Entry> found) {
      Special special = new Special();
      while (found.hasNext()) {
        Entry entry = found.next();
        if (entry.kind() == Kind.FILE) {
          special.others++;
        } else {
          special.entries.add(entry);
        }
      }
      return List.of(special).iterator();
    }
  }
}
