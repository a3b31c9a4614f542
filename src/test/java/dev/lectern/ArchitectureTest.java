package dev.lectern;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the code to the table of `docs/architecture.md`: who may use whom.
class ArchitectureTest {

    private static final String ROOT = "dev.lectern";

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /// The packages of the project that a package may use, beside itself and what lies below it.
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("neon", List.of()),
            Map.entry("problem", List.of()),
            Map.entry("llm", List.of()),
            Map.entry("neonapi", List.of("neon")),
            Map.entry("neondropwizard", List.of("neon", "neonapi")),
            Map.entry("embedded", List.of("neon")),
            Map.entry("persistence", List.of("neon", "problem")),
            Map.entry("access", List.of("persistence", "problem")),
            Map.entry("paging", List.of("problem")),
            Map.entry("book", List.of("persistence", "problem", "access", "paging")),
            Map.entry("conversation", List.of("persistence", "problem", "access", "paging")),
            Map.entry("retrieval", List.of("book", "problem", "neon")),
            Map.entry("answer", List.of("conversation", "retrieval", "llm", "access", "problem", "book", "limits")),
            Map.entry("limits", List.of("access", "problem", "llm", "neon")),
            Map.entry("metrics", List.of("neon", "answer", "limits")),
            Map.entry("tracing", List.of("neon", "answer")),
            Map.entry("logging", List.of()),
            Map.entry("console", List.of("access", "neon", "metrics", "persistence", "problem")),
            Map.entry("health", List.of("neon", "llm", "book", "problem")));

    static Stream<String> packages() {
        return MAY_USE.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void a_package_uses_only_what_the_table_allows(String name) {
        String[] allowed = Stream.concat(Stream.of(name), MAY_USE.getOrDefault(name, List.of()).stream())
                .map(each -> ROOT + "." + each + "..")
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + name + "..")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(allowed))))
                .check(CODE);
    }

    @Test
    void every_package_has_a_row_in_the_table() {
        assertThat(CODE.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> !name.equals(ROOT))
                        .map(name -> name.substring(ROOT.length() + 1).replaceFirst("\\..*", ""))
                        .distinct())
                .isSubsetOf(Stream.concat(MAY_USE.keySet().stream(), Stream.of("cli"))
                        .toList());
    }

    @Test
    void models_of_the_language_port_do_not_know_each_other() {
        noClasses()
                .that()
                .resideInAPackage("..llm.openai..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..llm.extractive..")
                .check(CODE);
        noClasses()
                .that()
                .resideInAPackage("..llm.extractive..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..llm.openai..")
                .check(CODE);
    }

    @Test
    void nobody_uses_the_root() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT)
                .check(CODE);
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void the_inside_of_the_connection_layer_stays_inside() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..neon..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..neon.internal..")
                .check(CODE);
    }

    @Test
    void the_connection_layer_knows_neither_Dropwizard_nor_JDBI() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".neon..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        ROOT + ".neon..",
                        "java..",
                        "javax.net..",
                        "javax.sql..",
                        "com.zaxxer.hikari..",
                        "org.postgresql..",
                        "org.slf4j..",
                        "org.jspecify..")
                .check(CODE);
    }

    @Test
    void the_pool_is_known_to_the_connection_layer_alone() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..neon..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.zaxxer.hikari..")
                .check(CODE);
    }

    @Test
    void jdbi_stays_in_persistence_and_in_data_access_objects() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..persistence..", "..neondropwizard..", ROOT)
                .and(not(named("Dao", "Feature")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jdbi..")
                .check(CODE);
    }

    @Test
    void http_stays_at_the_edge() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..problem..", "..access..", "..limits..")
                .and(not(named("Resource", "Feature")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ws.rs..")
                .check(CODE);
    }

    @Test
    void dropwizard_stays_at_the_edge() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT, "..neondropwizard..", "..problem..", "..access..", "..health..", "..logging..", "..cli..")
                .and(not(named("Resource", "Feature")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.dropwizard..")
                .check(CODE);
    }

    @Test
    void data_access_objects_are_seen_in_their_package_only() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Dao")
                .should()
                .bePackagePrivate()
                .check(CODE);
    }

    @Test
    void nothing_static_changes() {
        fields().that().areStatic().and().areNotPrivate().should().beFinal().check(CODE);
        fields().that().areStatic().should().beFinal().check(CODE);
    }

    @Test
    void time_comes_from_a_clock() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(OffsetDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CODE);
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, "..cli..", ROOT + ".neon", "..neondropwizard..")
                .should()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(InstantSource.class, "system")
                .check(CODE);
    }

    @Test
    void the_environment_is_read_by_the_configuration_alone() {
        noClasses()
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .check(CODE);
    }

    @Test
    void settings_requests_and_responses_are_records() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Settings")
                .or()
                .haveSimpleNameEndingWith("Request")
                .or()
                .haveSimpleNameEndingWith("Response")
                .should(beRecords())
                .check(CODE);
    }

    private static DescribedPredicate<JavaClass> named(String... endings) {
        return DescribedPredicate.describe("are named *" + String.join(", *", endings), type -> {
            String name = outermost(type).getSimpleName();
            return Stream.of(endings).anyMatch(name::endsWith);
        });
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }

    private static ArchCondition<JavaClass> beRecords() {
        return new ArchCondition<>("be records") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                events.add(new SimpleConditionEvent(
                        type,
                        type.isRecord() || type.getModifiers().contains(JavaModifier.SYNTHETIC),
                        type.getName() + " is " + (type.isRecord() ? "" : "not ") + "a record"));
            }
        };
    }
}
