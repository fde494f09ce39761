package io.saltus.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.analysis.change.ChangeDetection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is compiled and run as it stands there, and the classes it names exist. */
class ReadmeTest {

  private static final String README = read();

  @Test
  void the_ten_lines_compile_and_print_what_the_readme_says(@TempDir Path classes)
      throws ReflectiveOperationException, IOException {
    String snippet = block("java");
    assertThat(snippet.lines()).hasSizeLessThanOrEqualTo(10);
    compile(
        "import io.saltus.analysis.change.*;\npublic class Snippet {\n"
            + "  public static void main(String[] arguments) {\n"
            + snippet
            + "  }\n}\n",
        classes);

    assertThat(output(classes)).isEqualToNormalizingNewlines(block("text"));
  }

  @Test
  void every_class_in_the_table_exists() throws IOException {
    List<String> classes;
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      classes =
          sources
              .map(path -> path.getFileName().toString())
              .filter(name -> name.endsWith(".java"))
              .map(name -> name.substring(0, name.length() - ".java".length()))
              .toList();
    }
    Matcher named = Pattern.compile("`([A-Z][A-Za-z]+)(?:\\.[A-Za-z_]+)?`").matcher(README);
    int count = 0;
    while (named.find()) {
      String name = named.group(1);
      if (!name.equals("IllegalArgumentException") && !name.equals(name.toUpperCase(Locale.ROOT))) {
        assertThat(classes).contains(name);
        count++;
      }
    }
    assertThat(count).isGreaterThan(10);
  }

  /** The first block in a language. */
  private static String block(String language) {
    Matcher block =
        Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
            .matcher(README);
    assertThat(block.find()).as("a block of %s", language).isTrue();
    return block.group(1);
  }

  private static void compile(String source, Path classes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter problems = new StringWriter();
    String library =
        ChangeDetection.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    SimpleJavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///Snippet.java"), SimpleJavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    boolean fine =
        compiler
            .getTask(
                problems,
                null,
                null,
                List.of("-d", classes.toString(), "-cp", library, "-proc:none"),
                null,
                List.of(file))
            .call();
    assertThat(fine).as(problems.toString()).isTrue();
  }

  private static String output(Path classes) throws ReflectiveOperationException, IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    Locale language = Locale.getDefault();
    try (URLClassLoader loader =
            new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, ReadmeTest.class.getClassLoader());
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      Locale.setDefault(Locale.ROOT);
      loader
          .loadClass("Snippet")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
      Locale.setDefault(language);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static String read() {
    try {
      return Files.readString(Path.of("README.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
