package dev.lockstep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** One name means one thing: whoever searches for it finds it, in the product, in the laptop world and in the tests. */
@AnalyzeClasses(packages = ArchitectureTest.ROOT)
class NamesTest {
    @ArchTest
    static final ArchRule noTwoTypesShareAName =
            classes().that().areTopLevelClasses().should(haveANameOfTheirOwn());

    private static ArchCondition<JavaClass> haveANameOfTheirOwn() {
        return new ArchCondition<>("have a name that no other has") {
            private final Map<String, JavaClass> known = new HashMap<>();

            @Override
            public void init(Collection<JavaClass> all) {
                known.clear();
            }

            @Override
            public void check(JavaClass type, ConditionEvents events) {
                JavaClass other = known.putIfAbsent(type.getSimpleName(), type);
                boolean shared = other != null && !type.getSimpleName().equals("package-info");
                if (shared) {
                    events.add(SimpleConditionEvent.violated(
                            type, type.getName() + " has the name of " + other.getName()));
                }
            }
        };
    }
}
