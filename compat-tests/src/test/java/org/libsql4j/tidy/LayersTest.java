package org.libsql4j.tidy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may know whom: a layer uses the ones below it, never one above. */
class LayersTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPaths(SourceTree.find().classFolders());

  /** Packages of the storage layers, each of which may use those before it. */
  private static final List<String> STORAGE = List.of("annotation", "error", "vfs", "pager");

  @Test
  void storageLayersDoNotCallUp() {
    for (int i = 0; i < STORAGE.size(); i++) {
      for (int above = i + 1; above < STORAGE.size(); above++) {
        forbid(STORAGE.get(i), STORAGE.get(above));
      }
      forbid(STORAGE.get(i), "btree");
      forbid(STORAGE.get(i), "wal");
    }
    forbid("wal", "btree");
    forbid("btree", "wal");
  }

  @Test
  void onlyTestsMeetFaults() {
    for (String user : List.of("vfs", "pager", "btree", "wal", "connection", "vdbe", "compile")) {
      forbid(user, "faults");
    }
    forbid("faults", "pager");
  }

  @Test
  void valuesKnowNoPages() {
    forbid("record", "vfs");
    forbid("record", "pager");
    forbid("record", "btree");
  }

  @Test
  void storageKnowsNoSql() {
    for (String storage : List.of("error", "record", "vfs", "pager", "btree", "wal")) {
      for (String sql : List.of("sql", "schema", "resolve", "plan", "codegen", "vdbe", "func")) {
        forbid(storage, sql);
      }
    }
  }

  @Test
  void theParserKnowsNothingBehindIt() {
    for (String later : List.of("schema", "resolve", "plan", "codegen", "vdbe", "btree", "pager")) {
      forbid("sql", later);
    }
  }

  @Test
  void programsDoNotCompileThemselves() {
    forbid("vdbe", "codegen");
    forbid("vdbe", "plan");
    forbid("vdbe", "resolve");
  }

  @Test
  void whoWatchesSeesEventsOnly() {
    for (String watcher : List.of("jfr", "metrics", "opentelemetry")) {
      for (String inside :
          List.of("connection", "vdbe", "compile", "btree", "vfs", "wal", "jdbc")) {
        forbid(watcher, inside);
      }
    }
  }

  @Test
  void nothingStopsTheJvmButTheShell() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.libsql4j.cli..")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }

  private static void forbid(String from, String to) {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage("org.libsql4j." + from + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.libsql4j." + to + "..")
            .allowEmptyShould(true);
    rule.check(CLASSES);
  }
}
