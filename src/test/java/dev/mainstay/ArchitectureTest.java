package dev.mainstay;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may know whom, and which of the world's doors only a few may open. */
class ArchitectureTest {
    private static final String OURS = "dev.mainstay";
    private static final Path SOURCES = Path.of("src/main/java");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(OURS);

    /** Puts the beans together, and may therefore know everyone. */
    private static final DescribedPredicate<JavaClass> WIRING = describe(
            "wiring",
            type -> outermost(type).getSimpleName().endsWith("Configuration")
                    || type.getPackageName().equals(OURS));

    private static final DescribedPredicate<JavaClass> RUN_COMMAND =
            describe("the run command", type -> outermost(type).getSimpleName().equals("RunCommand"));

    /** Tells how fast the simulation went, beside the real clock. */
    private static final DescribedPredicate<JavaClass> SIMULATE_COMMAND = describe(
            "the simulate command", type -> outermost(type).getSimpleName().equals("SimulateCommand"));

    /** Virtual time is made of real threads, so its own class waits and measures. */
    private static final DescribedPredicate<JavaClass> TIME_KERNEL = describe(
            "the time kernel",
            type -> outermost(type).getSimpleName().equals("VirtualTime")
                    && type.getPackageName().startsWith(OURS + ".simulation"));

    /** The import table. Every room may use its own packages, the JDK and the null annotations. */
    @ParameterizedTest(name = "{0} may know {1}")
    @CsvSource(delimiter = '|', textBlock = """
            cluster    |
            credits    | cluster
            catalog    | cluster
            planning   | cluster, credits, catalog
            journal    | cluster, planning
            history    | cluster, planning
            cloud      | cluster
            inventory  | cluster, cloud
            execution  | cluster, planning, journal, cloud
            reconcile  | cluster, credits, catalog, planning, journal, history, cloud, inventory, execution
            status     | cluster, planning, history
            alerting   | cluster, planning, history
            config     | cluster, planning, credits, catalog, alerting, history
            backtest   | cluster, planning, credits, catalog, config, simulation
            simulation | cluster, credits
            """)
    void roomsKnowOnlyWhomTheTableLets(String room, @Nullable String mayKnow) {
        List<String> known = new ArrayList<>(List.of(room));
        if (mayKnow != null) {
            known.addAll(List.of(mayKnow.split(", ")));
        }
        String[] packages = known.stream().map(name -> OURS + '.' + name + "..").toArray(String[]::new);
        check(noClasses()
                .that(resideInAPackage(OURS + '.' + room + "..")
                        .and(not(WIRING))
                        .and(not(hasWiderDoor())))
                .should()
                .dependOnClassesThat(resideInAPackage(OURS + "..").and(not(resideInAnyPackage(packages)))));
    }

    /** The demo and the fault simulation put a whole daemon together. */
    @Test
    void onlyDemoAndSoakOfTheSimulationKnowTheDaemon() {
        check(noClasses()
                .that(hasWiderDoor())
                .should()
                .dependOnClassesThat(resideInAnyPackage(OURS + ".status..", OURS + ".alerting..", OURS + ".cli..")));
    }

    private static DescribedPredicate<JavaClass> hasWiderDoor() {
        return resideInAnyPackage(OURS + ".simulation.demo..", OURS + ".simulation.soak..");
    }

    @Test
    void roomsHaveNoCycles() {
        check(slices().matching(OURS + ".(*)..").should().beFreeOfCycles().ignoreDependency(WIRING, any()));
    }

    @Test
    void onlyTheAdaptersAndTheSimulatedClientsKnowTheSdk() {
        check(noClasses()
                .that(not(resideInAnyPackage(OURS + ".cloud.aws..", OURS + ".simulation.sdk.."))
                        .and(not(WIRING)))
                .should()
                .dependOnClassesThat(resideInAPackage("software.amazon.awssdk..")));
    }

    @Test
    void springStaysAtTheEdges() {
        check(noClasses()
                .that(resideInAnyPackage(
                                OURS + ".cluster..",
                                OURS + ".credits..",
                                OURS + ".catalog..",
                                OURS + ".planning..",
                                OURS + ".cli..")
                        .and(not(WIRING))
                        .and(not(RUN_COMMAND)))
                .should()
                .dependOnClassesThat(resideInAPackage("org.springframework..")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster", "credits", "catalog", "planning"})
    void theInnermostRoomsUseTheJdkAlone(String room) {
        check(classes()
                .that(resideInAPackage(OURS + '.' + room + ".."))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(OURS + "..", "java..", "org.jspecify..")));
    }

    @Test
    void onlyTheSqliteJournalKnowsDatabases() {
        check(noClasses()
                .that(not(resideInAnyPackage(OURS + ".journal.sqlite..", OURS + ".history.."))
                        .and(not(WIRING)))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "org.flywaydb..")));
    }

    @Test
    void onlyMetricsAndWiringKnowMicrometer() {
        check(noClasses()
                .that(not(WIRING)
                        .and(describe(
                                "no metrics",
                                type -> !outermost(type).getSimpleName().endsWith("Metrics"))))
                .should()
                .dependOnClassesThat(resideInAPackage("io.micrometer..")));
    }

    @ParameterizedTest
    @CsvSource({
        "java.time.(Instant|LocalDate|LocalDateTime|OffsetDateTime|ZonedDateTime), now",
        "java.time.Clock, system.*|tick.*",
        "java.lang.System, nanoTime|currentTimeMillis",
        "java.lang.Thread, sleep",
        "java.util.concurrent.TimeUnit, sleep",
        "java.lang.Math, random",
        "java.util.concurrent.ThreadLocalRandom, current",
        "java.security.SecureRandom, <init>|getInstance.*",
        "java.util.UUID, randomUUID"
    })
    void timeAndChanceComeFromOutside(String owner, String method) {
        check(noClasses()
                .that(not(WIRING)
                        .and(not(RUN_COMMAND))
                        .and(not(SIMULATE_COMMAND))
                        .and(not(TIME_KERNEL)))
                .should()
                .accessTargetWhere(target(owner(nameMatching(owner))).and(target(nameMatching(method)))));
    }

    @Test
    void randomSourcesAreSeeded() {
        check(noClasses()
                .that(not(WIRING))
                .should()
                .callConstructor(Random.class)
                .orShould()
                .callConstructor(SplittableRandom.class));
    }

    @Test
    void logsThroughSlf4jAlone() {
        check(noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "java.util.logging..", "org.apache.commons.logging..", "org.apache.logging..")));
    }

    /** The root package holds nothing but the entry point. */
    @Test
    void onlyCommandsPrint() {
        check(noClasses()
                .that(not(resideInAnyPackage(OURS, OURS + ".cli..")))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err"));
    }

    @Test
    void everyPackageDecidesAboutNull() {
        List<String> undecided = MAIN.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(room -> !room.tryGetPackageInfo()
                        .map(info -> info.isAnnotatedWith(NullMarked.class))
                        .orElse(false))
                .map(room -> room.getName())
                .toList();
        assertThat(undecided)
                .as("packages without a package-info that is @NullMarked")
                .isEmpty();
    }

    @Test
    void noSourceFileIsLongerThan400Lines() throws IOException {
        List<String> tooLong = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                if (Files.readAllLines(source).size() > 400) {
                    tooLong.add(source.toString());
                }
            }
        }
        assertThat(tooLong).isEmpty();
    }

    /** Rooms that do not exist yet keep every rule. */
    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(MAIN);
    }

    private static DescribedPredicate<JavaClass> any() {
        return DescribedPredicate.alwaysTrue();
    }

    private static JavaClass outermost(JavaClass type) {
        JavaClass outermost = type;
        while (outermost.getEnclosingClass().isPresent()) {
            outermost = outermost.getEnclosingClass().get();
        }
        return outermost;
    }
}
