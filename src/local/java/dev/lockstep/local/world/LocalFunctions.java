package dev.lockstep.local.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.arc.Arc;
import io.quarkus.funqy.Funq;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Every function of the product, by the name by which a Lambda would choose it. */
@Singleton
class LocalFunctions {
    /** As lenient about the case of names as Lambda's own runtime: {@code Records} and {@code records}. */
    private final ObjectMapper json = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
            .disable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .findAndAddModules()
            .build();

    private final Map<String, Entry> entries = new TreeMap<>();

    private record Entry(Class<?> type, Method method) {}

    LocalFunctions() {
        for (Bean<?> bean : Arc.container().beanManager().getBeans(Object.class, Any.Literal.INSTANCE)) {
            for (Method method : bean.getBeanClass().getMethods()) {
                Funq function = method.getAnnotation(Funq.class);
                if (function != null) {
                    entries.put(function.value(), new Entry(bean.getBeanClass(), method));
                }
            }
        }
    }

    Set<String> names() {
        return entries.keySet();
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    /** Invokes a function with its event as JSON, as Lambda would. */
    Optional<String> invoke(String name, String event) throws JsonProcessingException {
        Method method = entries.get(name).method();
        Object argument = null;
        if (method.getParameterCount() == 1) {
            JavaType type = json.constructType(method.getGenericParameterTypes()[0]);
            argument = json.readValue(event.isBlank() ? "{}" : event, type);
        }
        Object answer = call(name, argument);
        return answer == null ? Optional.empty() : Optional.of(json.writeValueAsString(answer));
    }

    /** Invokes a function with its event. */
    Object call(String name, Object event) {
        Entry entry = entries.get(name);
        Object instance = Arc.container().instance(entry.type()).get();
        try {
            return event == null
                    ? entry.method().invoke(instance)
                    : entry.method().invoke(instance, event);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
