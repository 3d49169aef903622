package dev.partita.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The arrows of docs/ARCHITECTURE.md: `server → cluster → partition → engine → {replication,
/// model}`, and which library lives where.
class ArrowsTest {

  private static final List<String> FLOORS =
      List.of("server", "cluster", "partition", "engine", "replication", "model");

  private static JavaClasses own = new ClassFileImporter().importClasses();

  @BeforeAll
  static void readOwnClasses() {
    // Names say which library a class belongs to; its insides are not asked for.
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    own =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.partita");
  }

  private static String in(String module) {
    return "dev.partita." + module + "..";
  }

  private static void check(ArchRule rule) {
    rule.check(own);
  }

  @Test
  void everyModuleIsSeenByThisTest() {
    for (String module : FLOORS) {
      assertThat(own.stream().anyMatch(c -> c.getPackageName().startsWith("dev.partita." + module)))
          .as(module)
          .isTrue();
    }
  }

  @Test
  void noArrowPointsUp() {
    for (int floor = 0; floor < FLOORS.size(); floor++) {
      for (String above : FLOORS.subList(0, floor)) {
        check(
            noClasses()
                .that()
                .resideInAPackage(in(FLOORS.get(floor)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(in(above)));
      }
    }
  }

  @Test
  void replicationNeverSeesAnItem() {
    check(
        noClasses()
            .that()
            .resideInAPackage(in("replication"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(in("model"), in("engine")));
  }

  @Test
  void theModelIsPure() {
    check(
        classes()
            .that()
            .resideInAPackage(in("model"))
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                    in("model"),
                    "java.lang..",
                    "java.math..",
                    "java.nio",
                    "java.nio.charset",
                    "java.time..",
                    "java.util..",
                    "com.dynatrace.hash4j..",
                    "org.jspecify.annotations..")));
  }

  @Test
  void everyLibraryHasItsPlace() {
    onlyIn("org.rocksdb..", in("engine"));
    onlyIn("io.microraft..", in("replication"));
    onlyIn("io.vertx..", in("server"), in("cluster"));
    onlyIn("io.netty..", in("server"), "dev.partita.cluster.peer..");
    onlyIn("com.fasterxml.jackson..", in("server"));
    onlyIn("org.snakeyaml..", "dev.partita.server.manifest..");
    onlyIn("picocli..", "dev.partita.server.cli..");
    onlyIn("com.dynatrace.hash4j..", in("model"));
  }

  @Test
  void theClusterSpeaksToTheNetworkInOnePackage() {
    // The wiring of a pod hands Vertx on; everything else that knows it is the peer package.
    check(
        noClasses()
            .that()
            .resideInAPackage(in("cluster"))
            .and()
            .resideOutsideOfPackages("dev.partita.cluster", "dev.partita.cluster.peer..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx..")
            .allowEmptyShould(true));
  }

  private static void onlyIn(String library, String... homes) {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.partita..")
            .and()
            .resideOutsideOfPackages(homes)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library));
  }
}
