// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What cells may hold, and what comes of them. */
class JavaShellTest {

  private static final JavaShell SHELL = new JavaShell();

  @AfterAll
  static void close() {
    SHELL.close();
  }

  @Test
  void aCellIsWorthTheExpressionThatItEndsWith() {
    assertThat(SHELL.run("int a = 6;\nint b = 7;\na * b")).isEqualTo(42);
    assertThat(SHELL.run("a")).isEqualTo(6);
    assertThat(SHELL.run("a * b; // and a comment")).isEqualTo(42);
    assertThat(SHELL.run("List.of(a, b)")).isEqualTo(List.of(6, 7));
  }

  @Test
  void aCellThatEndsOtherwiseIsWorthNothing() {
    assertThat(SHELL.run("1 + 1; int c = 3;")).isNull();
    assertThat(SHELL.run("c = 4")).isNull();
    assertThat(SHELL.run("if (c > 3) System.setProperty(\"kernel.test\", \"yes\");")).isNull();
    assertThat(System.clearProperty("kernel.test")).isEqualTo("yes");
    assertThat(SHELL.run("import java.util.zip.CRC32;")).isNull();
    assertThat(SHELL.run("// nothing at all\n")).isNull();
    assertThat(SHELL.run("")).isNull();
  }

  @Test
  void laterCellsSeeWhatEarlierOnesDefine() {
    SHELL.run("import java.util.zip.CRC32;");
    SHELL.run(
        "record Point(int x, int y) {}\nint sum(Point point) { return point.x() + point.y(); }");
    assertThat(SHELL.run("sum(new Point(1, 2))")).isEqualTo(3);
    SHELL.run("int sum(Point point) { return 10; }");
    assertThat(SHELL.run("sum(new Point(1, 2))")).isEqualTo(10);
    assertThat(SHELL.run("new CRC32().getValue()")).isEqualTo(0L);
  }

  @Test
  void valuesAreTheObjectsThemselves() {
    Object value =
        SHELL.run("int offset = 2; (java.util.function.IntUnaryOperator) x -> x + offset");
    assertThat(value).isInstanceOf(IntUnaryOperator.class);
    assertThat(((IntUnaryOperator) value).applyAsInt(40)).isEqualTo(42);
    assertThat(SHELL.run("(Object) null")).isNull();
  }

  @Test
  void whatDoesNotCompileIsShownInItsLine() {
    assertThatThrownBy(() -> SHELL.run("int a = 1;\nString text =\n    a + nothing;"))
        .isInstanceOf(CellException.class)
        .hasMessageContaining("    a + nothing;\n        ^\n")
        .hasMessageContaining("cannot find symbol");
    assertThat(SHELL.run("a")).as("what came before").isEqualTo(1);
  }

  @Test
  void whatIsNotCompleteIsSaid() {
    assertThatThrownBy(() -> SHELL.run("int twice(int x) {\n  return 2 * x;"))
        .isInstanceOf(CellException.class)
        .hasMessage("This is not complete:\nint twice(int x) {\n  return 2 * x;");
  }

  @Test
  void whatIsThrownIsShownDownToTheCell() {
    SHELL.run("void fail() { throw new IllegalStateException(\"no ink\", new Error(\"dry\")); }");
    assertThatThrownBy(() -> SHELL.run("fail();"))
        .isInstanceOf(CellException.class)
        .hasMessageStartingWith("java.lang.IllegalStateException: no ink\n    at fail(line 1)")
        .hasMessageContaining("\nCaused by: java.lang.Error: dry\n    at fail(line 1)")
        .message()
        .doesNotContain("jdk.jshell");
    assertThat(SHELL.run("1 + 1")).as("the next cell").isEqualTo(2);
  }

  @Test
  void aMethodThatNeedsWhatIsNotThereFailsWhenItIsCalled() {
    SHELL.run("int later() { return missing() + 1; }");
    assertThatThrownBy(() -> SHELL.run("later()"))
        .isInstanceOf(CellException.class)
        .hasMessage("later cannot run without method missing()");
    SHELL.run("int missing() { return 1; }");
    assertThat(SHELL.run("later()")).isEqualTo(2);
  }

  @Test
  void completesWords() {
    SHELL.run("String sentence = \"\";");
    JavaShell.Completions found = SHELL.complete("int n = sentence.len", 20);
    assertThat(found.words()).containsExactly("length()");
    assertThat(found.from()).isEqualTo(17);
    assertThat(SHELL.complete("zzz.", 4).words()).isEmpty();
  }

  @Test
  void documentsCalls() {
    assertThat(SHELL.document("Math.abs(", 9)).contains("int Math.abs(int a)");
    assertThat(SHELL.document("zzz", 3)).isEmpty();
  }
}
