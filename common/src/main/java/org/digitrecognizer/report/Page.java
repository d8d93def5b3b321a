// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;

/** Fills the templates that lie beside this class among the resources. */
final class Page {

  private static final Configuration TEMPLATES = configuration();
  private static final String STYLE = resource("style.css");

  private Page() {}

  /**
   * A section with what it shows.
   *
   * @param section its heading and template
   * @param view what the template shows; null if there is nothing
   */
  public record Part(Section section, Object view) {}

  static void write(EvaluationReport report, Writer writer) throws IOException {
    boolean labels = report.evaluation().labelled() > 0;
    List<Part> parts =
        report.sections().stream()
            .filter(section -> labels || !section.needsLabels())
            .map(section -> new Part(section, section.view(report).orElse(null)))
            .toList();
    Map<String, Object> model = new HashMap<>();
    model.put("title", report.title());
    model.put("lead", report.lead());
    model.put("facts", report.facts());
    model.put("links", report.links());
    model.put("parts", parts);
    // One section for all of them, not the same sentence three times.
    model.put(
        "unlabelled",
        report.sections().stream()
            .filter(section -> !labels && section.needsLabels())
            .map(Section::heading)
            .toList());
    model.put("noLabels", Section.NO_LABELS);
    model.put("numbers", new Numbers());
    model.put("style", STYLE);
    model.put("styleHash", sha256(STYLE));
    Template page = TEMPLATES.getTemplate("page.ftlh");
    try {
      page.process(model, writer);
    } catch (TemplateException e) {
      throw new IllegalStateException("A template of the report is wrong", e);
    }
  }

  private static Configuration configuration() {
    Configuration templates = new Configuration(Configuration.VERSION_2_3_34);
    templates.setClassForTemplateLoading(Page.class, "");
    templates.setDefaultEncoding(StandardCharsets.UTF_8.name());
    templates.setLocale(Locale.ROOT);
    templates.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    templates.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    templates.setLogTemplateExceptions(false);
    templates.setWrapUncheckedExceptions(true);
    return templates;
  }

  private static String resource(String name) {
    try (InputStream input = Page.class.getResourceAsStream(name)) {
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("The jar lacks " + name, e);
    }
  }

  /** The page's policy lets in this one style sheet and nothing else. */
  private static String sha256(String style) {
    return "sha256-" + Base64.getEncoder().encodeToString(DigestUtils.sha256(style));
  }
}
