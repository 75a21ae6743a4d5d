package dev.lockstep;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import io.quarkus.funqy.Funq;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may know whom. The core knows nobody, and outside systems never know each other. */
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    static final String ROOT = "dev.lockstep";

    /** Every package, and the others that it may use. */
    static final Map<String, Set<String>> MAY_USE = mayUse();

    /** The classes that hand real time to all others, which ask only what they were given. */
    private static final Set<String> ASK_THE_WALL_CLOCK = Set.of(ROOT + ".function.SystemTime");

    private static final Set<Class<?>> TELL_TIME = Set.of(
            Instant.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class);

    @ArchTest
    static final ArchRule everyClassHasItsRoom = classes()
            .should()
            .resideInAnyPackage(
                    MAY_USE.keySet().stream().map(ArchitectureTest::packages).toArray(String[]::new))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule packagesUseOnlyWhatTheyMay = CompositeArchRule.of(MAY_USE.keySet().stream()
                    .map(ArchitectureTest::usesOnlyWhatItMay)
                    .toList())
            .as("packages use only what they may");

    @ArchTest
    static final ArchRule noRoomsUseEachOtherInACircle =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    /** Who can be made from what their constructor takes says so; the others are chosen, or are not ours. */
    @ArchTest
    static final ArchRule producersChooseOrBringWhatIsNotOurs = methods()
            .that()
            .areAnnotatedWith(Produces.class)
            .should()
            .beDeclaredInClassesThat()
            .haveNameMatching(".*Beans|.*\\.SystemTime|.*\\.DataverseClient");

    /** Funqy makes functions; everybody else takes what they need in their constructor. */
    @ArchTest
    static final ArchRule onlyFunctionsHaveInjectedFields = fields().that()
            .areAnnotatedWith(Inject.class)
            .should()
            .beDeclaredInClassesThat()
            .haveNameMatching(".*\\.function\\..*Function");

    @ArchTest
    static final ArchRule theCoreIsPure = classes()
            .that()
            .resideInAPackage(packages("presence"))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", packages("presence")))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothingKnowsTheLaptopWorld = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage(packages("local"))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule functionsAreTriggers = methods()
            .that()
            .areAnnotatedWith(Funq.class)
            .should()
            .beDeclaredInClassesThat()
            .resideInAPackage(packages("function"))
            .allowEmptyShould(true);

    /** Otherwise neither the tests nor the simulation could hold time and chance in their hands. */
    @ArchTest
    static final ArchRule timeAndChanceAreGiven = noClasses()
            .that(DescribedPredicate.describe(
                    "do not hand out real time",
                    type -> !ASK_THE_WALL_CLOCK.contains(outermost(type).getName())))
            .should()
            .accessTargetWhere(DescribedPredicate.describe(
                    "asks the wall clock, sleeps or rolls dice", ArchitectureTest::takesTimeOrChance))
            .allowEmptyShould(true);

    private static Map<String, Set<String>> mayUse() {
        Map<String, Set<String>> rules = new LinkedHashMap<>();
        rules.put("presence", Set.of());
        rules.put("document", Set.of());
        rules.put("check", Set.of());
        rules.put("failure", Set.of());
        rules.put("settings", Set.of("document"));
        rules.put("mapping", Set.of("presence", "document"));
        rules.put("platform", Set.of("presence", "mapping"));
        rules.put("agent", Set.of("presence", "platform"));
        rules.put("concurrent", Set.of());
        rules.put("store", Set.of("agent", "platform", "presence", "concurrent", "settings"));
        rules.put("configured", Set.of("store", "mapping", "document", "concurrent", "platform", "settings"));
        rules.put("protocol", Set.of("platform", "configured", "concurrent", "check", "store", "failure", "settings"));
        rules.put("browser", Set.of("protocol", "configured", "platform", "store", "settings"));
        rules.put("intake", Set.of("agent", "store", "platform", "failure", "concurrent", "settings"));
        rules.put(
                "sync",
                Set.of(
                        "intake",
                        "agent",
                        "store",
                        "platform",
                        "mapping",
                        "presence",
                        "concurrent",
                        "failure",
                        "settings"));
        rules.put("directory", Set.of("intake", "agent", "store", "platform"));
        Set<String> anOutsideSystem = Set.of(
                "platform",
                "mapping",
                "document",
                "presence",
                "agent",
                "store",
                "intake",
                "protocol",
                "configured",
                "concurrent",
                "check",
                "settings");
        rules.put("shift", anOutsideSystem);
        rules.put("phone", anOutsideSystem);
        rules.put("webhook", anOutsideSystem);
        rules.put("teams", anOutsideSystem);
        rules.put("dynamics", and(anOutsideSystem, "shift", "directory"));
        Set<String> below = Set.copyOf(rules.keySet());
        for (String use : List.of("api", "board", "administration", "doctor")) {
            rules.put(use, below);
        }
        rules.put("function", Set.copyOf(rules.keySet()));
        return rules;
    }

    private static Set<String> and(Set<String> some, String... more) {
        return Stream.concat(some.stream(), Arrays.stream(more)).collect(Collectors.toUnmodifiableSet());
    }

    private static ArchRule usesOnlyWhatItMay(String name) {
        String[] allowed =
                MAY_USE.get(name).stream().map(ArchitectureTest::packages).toArray(String[]::new);
        DescribedPredicate<JavaClass> forbidden = resideInAPackage(ROOT + "..")
                .and(not(resideInAPackage(packages(name))))
                .and(not(resideInAnyPackage(allowed)))
                .as("are in %s, but not in %s or in any of %s", ROOT, name, MAY_USE.get(name));
        return noClasses()
                .that()
                .resideInAPackage(packages(name))
                .should()
                .dependOnClassesThat(forbidden)
                .allowEmptyShould(true);
    }

    private static boolean takesTimeOrChance(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getName();
        boolean withoutArguments = access.getTarget().getFullName().endsWith("()");
        return (owner.isEquivalentTo(System.class)
                        && Set.of("currentTimeMillis", "nanoTime").contains(name))
                || (owner.isEquivalentTo(Thread.class) && name.equals("sleep"))
                || (owner.isEquivalentTo(Math.class) && name.equals("random"))
                || owner.isEquivalentTo(ThreadLocalRandom.class)
                || (isOneOf(owner, Random.class, SecureRandom.class)
                        && name.equals(JavaConstructor.CONSTRUCTOR_NAME)
                        && withoutArguments)
                || (isOneOf(owner, Clock.class, InstantSource.class) && name.startsWith("system"))
                || (TELL_TIME.stream().anyMatch(owner::isEquivalentTo) && name.equals("now") && withoutArguments);
    }

    private static boolean isOneOf(JavaClass type, Class<?>... types) {
        return Arrays.stream(types).anyMatch(type::isEquivalentTo);
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }

    private static String packages(String name) {
        return ROOT + "." + name + "..";
    }
}
