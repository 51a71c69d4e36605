package org.agreementledger.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows of ARCHITECTURE.md, and the few habits that the compiler does not know. */
class HouseTest {

    private static final String ROOT = "org.agreementledger.";
    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .withImportOption(location -> !location.contains("-tests.jar"))
                    .importPackages("org.agreementledger");
    private static final String[] DOORS = {ROOT + "api..", ROOT + "cli.."};
    private static final String[] QUESTIONS = {
        ROOT + "asof..",
        ROOT + "audit..",
        ROOT + "constancy..",
        ROOT + "copy..",
        ROOT + "difference..",
        ROOT + "entries..",
        ROOT + "feed..",
        ROOT + "log..",
        ROOT + "node..",
        ROOT + "readmodels..",
        ROOT + "replay..",
        ROOT + "requests..",
        ROOT + "restore..",
        ROOT + "search..",
        ROOT + "series..",
        ROOT + "tokens..",
        ROOT + "upcoming..",
        ROOT + "verify..",
        ROOT + "webhooks..",
        ROOT + "witness.."
    };
    private static final String[] PURE = {
        ROOT + "time..", ROOT + "terms..", ROOT + "agreement..", ROOT + "json..", ROOT + "proof.."
    };

    @Test
    void the_house_is_not_empty() {
        assertThat(HOUSE).hasSizeGreaterThan(100);
    }

    @Test
    void nothing_below_the_doors_knows_a_door() {
        noClasses()
                .that()
                .resideOutsideOfPackages(DOORS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DOORS)
                .check(HOUSE);
    }

    @Test
    void the_core_knows_no_question() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        Stream.concat(Stream.of(PURE), Stream.of(ROOT + "axon.."))
                                .toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(QUESTIONS)
                .check(HOUSE);
    }

    @Test
    void the_pure_core_knows_no_framework() {
        classes()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        Stream.concat(
                                        Stream.of(PURE),
                                        Stream.of(
                                                "java..",
                                                "org.jspecify..",
                                                "com.github.difflib..",
                                                "org.bouncycastle.."))
                                .toArray(String[]::new))
                .check(HOUSE);
    }

    @Test
    void inside_the_core_the_arrows_point_from_agreements_to_terms_to_time() {
        onlyKnows("time");
        onlyKnows("proof");
        onlyKnows("terms", "time", "proof");
        onlyKnows("agreement", "terms", "time");
        onlyKnows("json", "agreement", "terms", "time", "proof");
        onlyKnows("bundle", "json", "agreement", "terms", "time", "proof");
    }

    @Test
    void what_checks_a_bundle_knows_no_framework_and_no_database() {
        classes()
                .that()
                .resideInAPackage(ROOT + "bundle..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        Stream.concat(
                                        Stream.of(PURE),
                                        Stream.of(
                                                ROOT + "bundle..",
                                                "java..",
                                                "org.jspecify..",
                                                "tools.jackson.."))
                                .toArray(String[]::new))
                .check(HOUSE);
    }

    private static void onlyKnows(String room, String... others) {
        String[] allowed =
                Stream.concat(Stream.of(room), Stream.of(others))
                        .map(name -> ROOT + name + "..")
                        .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(ROOT + room + "..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("org.agreementledger..")
                                .and(not(resideInAnyPackage(allowed))))
                .check(HOUSE);
    }

    @Test
    void sql_lives_in_the_projections_only() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        Stream.concat(Stream.of(PURE), Stream.of(DOORS)).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..")
                .check(HOUSE);
    }

    @Test
    void the_search_room_knows_lucene_and_no_other_room_and_nobody_else_knows_lucene() {
        onlyKnows("search");
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "search..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.lucene..")
                .check(HOUSE);
    }

    /** ARCHITECTURE.md says why. */
    @Test
    void the_connector_of_axon_server_is_not_on_the_class_path() {
        assertThatExceptionOfType(ClassNotFoundException.class)
                .isThrownBy(() ->
                        Class.forName(
                                "org.axonframework.axonserver.connector.AxonServerConnectionManager"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Instant\\.now\\(\\)",
                "LocalDate\\.now\\(",
                "System\\.currentTimeMillis",
                "ZoneId\\.systemDefault",
                "LocalDateTime",
                "Thread\\.sleep",
                "\\bclass \\w+(Impl|Dto|Manager|Util|Utils|Helper)\\b",
                "import lombok"
            })
    void no_source_says(String pattern) throws IOException {
        Pattern forbidden = Pattern.compile(pattern);
        assertThat(mainSources())
                .filteredOn(source -> forbidden.matcher(read(source)).find())
                .isEmpty();
    }

    @Test
    void every_package_says_in_one_sentence_what_it_is_for_and_is_null_marked() throws IOException {
        Set<Path> packages = new TreeSet<>();
        mainSources().forEach(source -> packages.add(source.getParent()));
        assertThat(packages)
                .isNotEmpty()
                .allSatisfy(folder ->
                        assertThat(folder.resolve("package-info.java"))
                                .content()
                                .startsWith("/**")
                                .contains("@NullMarked"));
    }

    private static List<Path> mainSources() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().contains("/src/main/java/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList();
        }
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
