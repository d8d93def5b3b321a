// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.cli;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
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

  private static final Pattern WITH_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:");

  private Defaults() {}

  /**
   * Gives a job's options the defaults of its file.
   *
   * @param file a local file, unless it has a scheme
   * @throws UserException if it cannot be read
   * @throws ParameterException if a key is no option of the job
   */
  static void apply(CommandLine job, String file, Configuration conf) {
    apply(job, file, load(file, conf));
  }

  /**
   * Gives a job's options the defaults of its file.
   *
   * @param file named where something is wrong
   * @param properties what is in it
   * @throws ParameterException if a key is no option of the job, or two keys are the same option
   */
  static void apply(CommandLine job, String file, Properties properties) {
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

  /** Returns where a file of this machine is; nothing if only Hadoop can read it. */
  static Optional<java.nio.file.Path> localFile(String file) {
    if (file.startsWith("file:")) {
      return Optional.of(java.nio.file.Path.of(file.replaceFirst("^file:(//(?=/))?", "")));
    }
    return WITH_SCHEME.matcher(file).lookingAt()
        ? Optional.empty()
        : Optional.of(java.nio.file.Path.of(file));
  }

  /**
   * Reads a file of this machine.
   *
   * @param file named where it is missing
   * @throws UserException if it does not exist
   */
  static Properties load(String file, java.nio.file.Path path) throws IOException {
    if (!Files.exists(path)) {
      throw missing(file);
    }
    try (Reader reader = Files.newBufferedReader(path)) {
      return load(reader);
    }
  }

  private static Properties load(String file, Configuration conf) {
    try {
      Path path = localUnlessSaid(file, conf);
      FileSystem fs = path.getFileSystem(conf);
      if (!fs.exists(path)) {
        throw missing(file);
      }
      try (Reader reader = new InputStreamReader(fs.open(path), StandardCharsets.UTF_8)) {
        return load(reader);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(file, e);
    }
  }

  private static Properties load(Reader reader) throws IOException {
    Properties properties = new Properties();
    properties.load(reader);
    return properties;
  }

  private static UserException missing(String file) {
    return new UserException(
        file + " does not exist; " + Job.DEFAULTS_OPTION + " needs a properties file");
  }

  static UserException unreadable(String file, Exception cause) {
    return new UserException(
        file + " cannot be read as a properties file: " + cause.getMessage(), cause);
  }

  // fs.defaultFS of a cluster is HDFS, where nobody keeps configuration files.
  private static Path localUnlessSaid(String file, Configuration conf) throws IOException {
    Path path = new Path(file);
    return path.toUri().getScheme() == null ? FileSystem.getLocal(conf).makeQualified(path) : path;
  }

  private static void requireKnown(CommandLine job, String key, Set<String> known, String file) {
    if (!known.contains(key)) {
      throw new ParameterException(
          job,
          file + ": unknown key '" + key + "'; did you mean '" + Nearest.of(key, known) + "'?");
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
}
