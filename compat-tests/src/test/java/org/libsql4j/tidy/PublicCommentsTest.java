package org.libsql4j.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** What users of an exported package can see has a comment. */
class PublicCommentsTest {
  /** Not what the engine shows to the advisor alone, which is about its inside. */
  private static final Pattern EXPORTS =
      Pattern.compile("\\bexports\\s+([\\w.]++)(?!\\s+to\\s+org\\.libsql4j\\.advice\\s*;)");

  @Test
  void whatIsExportedIsDocumented() throws IOException {
    List<Path> sources = exportedSources();
    assertThat(sources).hasSizeGreaterThan(100);
    Undocumented found = scan(sources);
    assertThat(found.membersSeen).isGreaterThan(1_000);
    assertThat(found.places).as(() -> String.join("\n", found.places)).isEmpty();
  }

  /** The files of the packages that a module exports, to all or to some. */
  private static List<Path> exportedSources() {
    SourceTree tree = SourceTree.find();
    List<JavaFile> main = tree.javaFiles().stream().filter(JavaFile::isMain).toList();
    Set<String> folders = new HashSet<>();
    for (JavaFile file : main) {
      if (file.name().endsWith("/module-info.java")) {
        Matcher exports = EXPORTS.matcher(file.code());
        while (exports.find()) {
          folders.add(file.folder() + "/" + exports.group(1).replace('.', '/'));
        }
      }
    }
    return main.stream()
        .filter(f -> folders.contains(f.folder()))
        .map(f -> tree.root().resolve(f.name()))
        .toList();
  }

  /** Parses without resolving names, which takes a second or two. */
  private static Undocumented scan(List<Path> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources));
      Undocumented found = new Undocumented(DocTrees.instance(task));
      task.parse().forEach(unit -> found.scan(unit, null));
      return found;
    }
  }

  /**
   * Collects declarations without a comment: of types, methods, constructors and fields that are
   * public or protected in types that are. Overrides have the comment of what they override;
   * components of a record, which are described at its head, are no members here.
   */
  private static final class Undocumented extends TreePathScanner<Void, Void> {
    private final DocTrees trees;
    private final List<String> places = new ArrayList<>();
    private int membersSeen;

    Undocumented(DocTrees trees) {
      this.trees = trees;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      if (isVisible(type.getModifiers())) {
        check(type.getSimpleName().toString());
        super.visitClass(type, unused);
      }
      return null;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      boolean override =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
      if (isVisible(method.getModifiers()) && !override && !isRecordConstructor(method)) {
        check(method.getName().toString());
      }
      return null;
    }

    @Override
    public Void visitVariable(VariableTree field, Void unused) {
      if (isVisible(field.getModifiers())) {
        check(field.getName().toString());
      }
      return null;
    }

    /** The compact one, which takes what the record's head describes. */
    private boolean isRecordConstructor(MethodTree method) {
      return parent().getKind() == Tree.Kind.RECORD
          && method.getReturnType() == null
          && trees.getDocComment(getCurrentPath()) == null
          && trees.getDocComment(getCurrentPath().getParentPath()) != null;
    }

    /** What is in an interface is public without saying so. */
    private boolean isVisible(ModifiersTree modifiers) {
      Set<Modifier> flags = modifiers.getFlags();
      Tree.Kind parent = parent().getKind();
      boolean inInterface = parent == Tree.Kind.INTERFACE || parent == Tree.Kind.ANNOTATION_TYPE;
      return flags.contains(Modifier.PUBLIC)
          || flags.contains(Modifier.PROTECTED)
          || inInterface && !flags.contains(Modifier.PRIVATE);
    }

    private Tree parent() {
      return getCurrentPath().getParentPath().getLeaf();
    }

    private void check(String name) {
      membersSeen++;
      TreePath path = getCurrentPath();
      if (trees.getDocComment(path) == null) {
        CompilationUnitTree unit = path.getCompilationUnit();
        SourcePositions positions = trees.getSourcePositions();
        long line =
            unit.getLineMap().getLineNumber(positions.getStartPosition(unit, path.getLeaf()));
        places.add(unit.getSourceFile().getName() + ":" + line + ": " + name);
      }
    }
  }
}
