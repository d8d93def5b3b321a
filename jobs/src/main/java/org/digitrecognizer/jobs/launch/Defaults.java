package org.digitrecognizer.jobs.launch;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
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
 * dashes, so that a flag and a line in the file are one thing. Precedence: command line, then the
 * file, then the built-in default.
 *
 * <p>The file is the one after {@code --defaults}, else {@code <job>.properties} in the directory
 * that the system property {@value #DIRECTORY_PROPERTY} names, if it is there. A path without a
 * scheme is a local file.
 */
final class Defaults {

  static final String DIRECTORY_PROPERTY = "digits.conf.dir";

  private static final List<String> NOT_IN_FILES =
      List.of("--help", Job.DEFAULTS_OPTION, Job.RESULT_FILE_OPTION);

  private Defaults() {}

  /**
   * Gives a job's options the defaults of its file.
   *
   * @param named the file after {@code --defaults}
   * @throws UserException if a named file cannot be read
   * @throws ParameterException if a key is no option of the job
   */
  static void apply(CommandLine job, Optional<String> named, Configuration conf) {
    Optional<String> file = named.or(() -> inDirectory(job.getCommandName()));
    if (file.isEmpty()) {
      return;
    }
    Optional<Properties> properties = load(file.get(), conf);
    if (properties.isEmpty() && named.isPresent()) {
      throw new UserException(
          file.get() + " does not exist; " + Job.DEFAULTS_OPTION + " needs a properties file");
    }
    properties.ifPresent(
        found -> {
          found.stringPropertyNames().forEach(key -> requireKnown(job, key, file.get()));
          job.setDefaultValueProvider(new PropertiesDefaultProvider(found));
        });
  }

  private static Optional<String> inDirectory(String job) {
    return Optional.ofNullable(System.getProperty(DIRECTORY_PROPERTY))
        .map(directory -> directory + "/" + job + ".properties");
  }

  private static Optional<Properties> load(String file, Configuration conf) {
    try {
      Path path = localUnlessSaid(file, conf);
      try (Reader reader =
          new InputStreamReader(path.getFileSystem(conf).open(path), StandardCharsets.UTF_8)) {
        Properties properties = new Properties();
        properties.load(reader);
        return Optional.of(properties);
      }
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(file + " cannot be read as a properties file: " + e.getMessage(), e);
    }
  }

  // fs.defaultFS of a cluster is HDFS, where nobody keeps configuration files.
  private static Path localUnlessSaid(String file, Configuration conf) throws IOException {
    Path path = new Path(file);
    return path.toUri().getScheme() == null ? FileSystem.getLocal(conf).makeQualified(path) : path;
  }

  private static void requireKnown(CommandLine job, String key, String file) {
    List<String> known = keys(job.getCommandSpec());
    if (!known.contains(key)) {
      throw new ParameterException(
          job, file + ": unknown key '" + key + "'; did you mean '" + nearest(key, known) + "'?");
    }
  }

  private static List<String> keys(CommandSpec job) {
    return job.options().stream()
        .map(OptionSpec::longestName)
        .filter(name -> !NOT_IN_FILES.contains(name))
        .map(name -> name.replaceFirst("^-+", ""))
        .toList();
  }

  private static String nearest(String key, List<String> known) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance.apply(key, candidate)))
        .orElseThrow();
  }
}
