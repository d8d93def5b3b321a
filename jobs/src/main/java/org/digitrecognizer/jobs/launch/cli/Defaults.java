package org.digitrecognizer.jobs.launch.cli;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.failure.UserException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.PropertiesDefaultProvider;

/**
 * Defaults of a job's options from a properties file. A key is an option's long name without the
 * dashes, so that a flag and a line in the file are one thing; an option of several long names has
 * a key for each. Precedence: command line, then the file, then the built-in default.
 */
final class Defaults {

  private static final List<String> NOT_IN_FILES =
      List.of("--help", Job.DEFAULTS_OPTION, Job.RESULT_FILE_OPTION);

  private Defaults() {}

  /**
   * Gives a job's options the defaults of its file.
   *
   * @param file a local file, unless it has a scheme
   * @throws UserException if it cannot be read
   * @throws ParameterException if a key is no option of the job
   */
  static void apply(CommandLine job, String file, Configuration conf) {
    Properties properties = load(file, conf);
    job.setDefaultValueProvider(new PropertiesDefaultProvider(byFirstKey(job, properties, file)));
  }

  /** Gives each value the one key of its option that picocli looks for. */
  private static Properties byFirstKey(CommandLine job, Properties properties, String file) {
    Map<String, String> firstKeys = firstKeys(job.getCommandSpec());
    Properties byFirstKey = new Properties();
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      requireKnown(job, key, firstKeys.keySet(), file);
      Object other = byFirstKey.setProperty(firstKeys.get(key), properties.getProperty(key));
      if (other != null) {
        throw new ParameterException(
            job,
            file + ": '" + key + "' is another name of an option that is there already; keep one");
      }
    }
    return byFirstKey;
  }

  private static Properties load(String file, Configuration conf) {
    try {
      Path path = localUnlessSaid(file, conf);
      FileSystem fs = path.getFileSystem(conf);
      if (!fs.exists(path)) {
        throw new UserException(
            file + " does not exist; " + Job.DEFAULTS_OPTION + " needs a properties file");
      }
      try (Reader reader = new InputStreamReader(fs.open(path), StandardCharsets.UTF_8)) {
        Properties properties = new Properties();
        properties.load(reader);
        return properties;
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(file + " cannot be read as a properties file: " + e.getMessage(), e);
    }
  }

  // fs.defaultFS of a cluster is HDFS, where nobody keeps configuration files.
  private static Path localUnlessSaid(String file, Configuration conf) throws IOException {
    Path path = new Path(file);
    return path.toUri().getScheme() == null ? FileSystem.getLocal(conf).makeQualified(path) : path;
  }

  private static void requireKnown(CommandLine job, String key, Set<String> known, String file) {
    if (!known.contains(key)) {
      throw new ParameterException(
          job, file + ": unknown key '" + key + "'; did you mean '" + nearest(key, known) + "'?");
    }
  }

  /** Returns the keys of all options, each with the one that picocli looks for. */
  private static Map<String, String> firstKeys(CommandSpec job) {
    Map<String, String> firstKeys = new TreeMap<>();
    for (OptionSpec option : job.options()) {
      if (!NOT_IN_FILES.contains(option.longestName())) {
        Arrays.stream(option.names())
            .filter(name -> name.startsWith("--"))
            .forEach(name -> firstKeys.put(key(name), key(option.longestName())));
      }
    }
    return firstKeys;
  }

  private static String key(String name) {
    return name.replaceFirst("^-+", "");
  }

  private static String nearest(String key, Set<String> known) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance.apply(key, candidate)))
        .orElseThrow();
  }
}
