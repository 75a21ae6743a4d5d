package dev.lockstep.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.platform.Evidence;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A type that is missing in {@link StoredForm} is written and read on a JVM, and natively it is not. */
class StoredFormTest {
    @Test
    void everyTypeInAStoredItemIsKeptInTheNativeExecutable() {
        Set<Class<?>> stored = storedUnder(List.of(StateJson.Remembered.class, ShownView.class, Evidence.class));

        assertThat(StoredForm.class.getAnnotation(RegisterForReflection.class).targets())
                .containsAll(stored);
        assertThat(stored).hasSizeGreaterThan(20);
    }

    static Set<Class<?>> storedUnder(List<Class<?>> roots) {
        Set<Class<?>> stored = new HashSet<>();
        roots.forEach(root -> collect(root, stored));
        return stored;
    }

    private static void collect(Type type, Set<Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            List.of(generic.getActualTypeArguments()).forEach(argument -> collect(argument, found));
        } else if (type instanceof Class<?> ours && ours.getName().startsWith("dev.lockstep.") && found.add(ours)) {
            if (ours.isSealed()) {
                List.of(ours.getPermittedSubclasses()).forEach(each -> collect(each, found));
            }
            if (ours.isRecord()) {
                for (RecordComponent component : ours.getRecordComponents()) {
                    collect(component.getGenericType(), found);
                }
            }
        }
    }
}
