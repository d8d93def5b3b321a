// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.failure.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormFileTest {

  private static final String NUMBER = "form: meter\nimage: number\nfields:\n  ";

  private static final String CELLS =
      "form: slip\nimage: cells\ngroup: '(?<sheet>s)(?<field>f)(?<position>p)'\nfields:\n  ";

  @TempDir private Path folder;

  private Form read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("form.yaml"), yaml);
    return FormFile.read(new org.apache.hadoop.fs.Path(file.toUri()), new Configuration(false));
  }

  @Test
  void readsCellsWithRulesOfAllKinds() throws IOException {
    Files.writeString(folder.resolve("members.csv"), "name,number\nAnn,123456\nBob,1234567\n");
    Files.writeString(folder.resolve("last.csv"), "\ufeffsheet,number\nhouse 7,00420\n");
    Form form =
        read(
            """
            form: payment-slip
            image: cells
            group: '(?<sheet>[^/]+)/(?<field>\\w+)_(?<position>\\d+)\\.png$'
            fields:
              account: {digits: 8, check: luhn}
              isbn:    {digits: 10, check: {weights: [2, 3, 4, 5, 6, 7, 8, 9, 10], modulus: 11}}
              member:  {digits: 6..8, list: members.csv}
              day:     {digits: 1..2, range: 1..31}
              code:    {pattern: '[1-4]\\d{3}'}
              amount:  {digits: 1..9, decimals: 2, range: 0.05..99}
              meter:   {digits: 5, previous: last.csv}
            """);
    assertThat(form.name()).isEqualTo("payment-slip");
    assertThat(form.image()).isEqualTo(Form.ImageKind.CELLS);
    assertThat(form.sha256()).hasSize(64);
    assertThat(form.fields())
        .extracting(Field::name)
        .containsExactly("account", "isbn", "member", "day", "code", "amount", "meter");
    assertThat(allows(form, 0, "17893729974", "17893728")).isFalse();
    assertThat(allows(form, 1, "0306406152")).isTrue();
    assertThat(allows(form, 2, "123456", "1234567")).isTrue();
    assertThat(allows(form, 2, "123457")).isFalse();
    assertThat(allows(form, 3, "1", "07", "31")).isTrue();
    assertThat(allows(form, 4, "4999")).isTrue();
    assertThat(allows(form, 4, "499")).isFalse();
    assertThat(allows(form, 5, "5", "9900")).isTrue();
    assertThat(allows(form, 5, "9901")).isFalse();
    assertThat(form.fields().get(5).decimals()).isEqualTo(2);
    Field meter = form.fields().get(6);
    assertThat(meter.ruleOf("house 7").allows("00419")).isFalse();
    assertThat(meter.ruleOf("house 7").allows("00420")).isTrue();
    assertThat(meter.ruleOf("house 8").allows("00419")).as("without a previous value").isTrue();
  }

  @Test
  void readsRulesBetweenNumbers() throws IOException {
    Form form =
        read(
            CELLS
                + """
                member: {digits: 4, once: true}
                  amount: {digits: 1..7, decimals: 2}
                  fee: {digits: 1..4, once: false}
                  total: {digits: 1..7, decimals: 2, total: amount +fee}
                  day: {digits: 2}
                """);
    assertThat(form.fields())
        .extracting(Field::once)
        .containsExactly(true, false, false, false, false);
    assertThat(form.fields().get(3).total()).containsExactly("amount", "fee");
    assertThat(form.coupled()).containsExactly("amount", "fee", "member", "total");
    assertThat(read(NUMBER + "m: {digits: 4, once: true}").coupled()).containsExactly("m");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "a + fees ! line 8: total is to be a sum of fields of the form (a, b, c, t), and 'fees' is"
            + " none of them",
        "a ! line 8: total is to be two fields or more with + between them, as in amount + fee, not"
            + " a",
        "a + + b ! line 8: total is to be two fields or more with + between them",
        "a + b + a ! line 8: total is to be a sum of different fields, and 'a' is there twice",
        "a + t ! line 8: total is to be a sum of other fields, and 't' would be a part of itself",
        "a + c ! line 7: total is to be a sum of other fields, and 'c' would be a part of itself",
        "[a, b] ! line 8: total is to be a word or a number",
      })
  void aTotalThatIsNoSumOfOtherFieldsIsRefused(String total, String message) {
    String ofTotals = message.startsWith("line 7") ? ", total: b + t" : "";
    String fields =
        """
        a: {digits: 1}
          b: {digits: 1}
          c: {digits: 1%s}
          t: {digits: 2, total: %s}
        """;
    assertThatThrownBy(() -> read(CELLS + fields.formatted(ofTotals, total)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  private static boolean allows(Form form, int field, String... numbers) {
    return Arrays.stream(numbers).allMatch(form.fields().get(field).rule()::allows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "m: {digits: 0} ! line 4: digits is to be 1 to 30, or a range as in 6..8, not 0",
        "m: {digits: 8..6} ! line 4: digits is to be 1 to 30, or a range as in 6..8, not 8..6",
        "m: {check: luhn} ! line 4: m is to be given its 'digits', as in 'digits: 8' or 'digits:"
            + " 6..8'",
        "m: {digits: 8, check: crc} ! line 4: check is to be one of damm, ean, luhn, mod11-2,"
            + " mod97-10, verhoeff or {weights: [3, 1], modulus: 10}, not crc",
        "m: {digits: 2, range: 100..200} ! line 4: m is to be a rule that some number can satisfy;"
            + " no number satisfies all of it",
        "m: {digits: 2, range: 5} ! line 4: range is to be the least and the most, as in 1..31,"
            + " not 5",
        "m: {pattern: '[a]'} ! line 4: pattern is to be a regular expression of digits (0-9 . \\d"
            + " [1-4] ( ) | ? * + {2,4}): at character 2, expected a digit, \\d, ., [ or (",
        "m: {digits: 8, length: 3} ! line 4: 'length' is to be one of check, decimals, digits,"
            + " list, once, pattern, previous, range, total",
        "m: {digits: 8, list: none.csv} ! line 4: list is to be a CSV file;",
        "m: 8 ! line 4: m is to be names with values, as in 'digits: 8'",
        "m: {digits: 8, digits: 9} ! line 4: 'digits' is to be there once",
        "m: {digits: 8 ! line 5: this is not YAML:",
        "m: {digits: 8, once: maybe} ! line 4: once is to be true or false",
        "m: {digits: 8, total: a + b} ! line 4: total is to be left out where an image is one"
            + " number: there is nothing to add",
      })
  void saysFileLineAndWhatWasExpected(String field, String message) {
    assertThatThrownBy(() -> read(NUMBER + field + "\n"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("file:" + folder.toAbsolutePath() + "/form.yaml, line")
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "form: x ! line 1: the form has no 'image'",
        "image: number ! line 1: the form has no 'form'",
        "'' ! line 1: the file is empty",
        "[1] ! line 1: the form is to be names with values",
        "{form: x, image: page, fields: {a: {digits: 1}}} ! line 1: image is to be cells or number;"
            + " whole pages are not read by a form yet",
        "{form: x, image: cells, fields: {a: {digits: 1}}} ! line 1: the form has no 'group'",
        "{form: x, image: cells, group: '(?<sheet>.)', fields: {a: {digits: 1}}} ! line 1: group is"
            + " to be a regular expression with (?<sheet>…), (?<field>…) and (?<position>…)",
        "{form: x, image: cells, group: '\\(?<sheet>(?<field>.)(?<position>.)', fields: {a:"
            + " {digits: 1}}} ! line 1: group is to be a regular expression with (?<sheet>…)",
        "{form: x, image: cells, group: '(?<sheet', fields: {a: {digits: 1}}} ! line 1: group is to"
            + " be a regular expression: ",
        "{form: x, image: number, fields: {a: {digits: 1}, b: {digits: 1}}} ! line 1: fields is to"
            + " be one field",
        "{form: x, image: number, fields: {}} ! line 1: fields is to be one field",
      })
  void aFormWithoutItsPartsIsRefused(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "number,x\\n12,a\\n1b,c\\n ! line 3: expected a number of 1 to 30 digits, not 1b",
        "number\\n12\\n13\\n12\\n ! the number 12 is there twice; each is to be there once",
        "id\\n12\\n ! line 1: expected a header with the column number",
        "number\\n ! expected a number a line",
      })
  void aListThatIsNoneIsRefused(String csv, String message) throws IOException {
    Path list = Files.writeString(folder.resolve("list.csv"), csv.replace("\\n", "\n"));
    assertThatThrownBy(() -> read(NUMBER + "m: {digits: 1..9, list: list.csv}\n"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(list.toString())
        .hasMessageContaining(message);
  }

  @Test
  void aFormThatIsNotThereIsRefused() {
    assertThatThrownBy(
            () ->
                FormFile.read(
                    new org.apache.hadoop.fs.Path(folder.resolve("no.yaml").toUri()),
                    new Configuration(false)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no.yaml does not exist");
  }
}
