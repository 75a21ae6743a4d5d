package dev.lockstep.store.dynamodb;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import dev.lockstep.agent.Configured;
import dev.lockstep.platform.Display;
import dev.lockstep.platform.Ledger;
import dev.lockstep.platform.Progress;
import dev.lockstep.presence.Calls;
import dev.lockstep.presence.Choices;
import dev.lockstep.presence.Facts;
import dev.lockstep.presence.Rosters;
import dev.lockstep.presence.SignIn;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A part in which nothing is known yet is left out of the text, and a part that is missing there counts as empty. */
final class EmptyParts extends SimpleModule {
    private static final long serialVersionUID = 1L;

    private static final Map<Class<?>, Object> EMPTY = Stream.of(
                    Calls.NONE,
                    Facts.NONE,
                    Choices.NONE,
                    SignIn.UNKNOWN,
                    Rosters.NONE,
                    Ledger.EMPTY,
                    Display.UNKNOWN,
                    Progress.NONE,
                    Configured.NOTHING)
            .collect(Collectors.toMap(Object::getClass, Function.identity()));

    EmptyParts() {
        super("empty-parts");
        setSerializerModifier(new LeftOut());
        setDeserializerModifier(new Missing());
    }

    private static final class LeftOut extends BeanSerializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public List<BeanPropertyWriter> changeProperties(
                SerializationConfig config, BeanDescription bean, List<BeanPropertyWriter> properties) {
            properties.replaceAll(
                    each -> EMPTY.containsKey(each.getType().getRawClass()) ? new UnlessEmpty(each) : each);
            return properties;
        }
    }

    private static final class UnlessEmpty extends BeanPropertyWriter {
        private static final long serialVersionUID = 1L;

        UnlessEmpty(BeanPropertyWriter part) {
            super(part);
        }

        @Override
        public void serializeAsField(Object bean, JsonGenerator to, SerializerProvider provider) throws Exception {
            if (!EMPTY.containsValue(get(bean))) {
                super.serializeAsField(bean, to, provider);
            }
        }
    }

    private static final class Missing extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> part) {
            return EMPTY.containsKey(bean.getBeanClass()) ? new OrEmpty(part) : part;
        }
    }

    private static final class OrEmpty extends DelegatingDeserializer {
        private static final long serialVersionUID = 1L;

        OrEmpty(JsonDeserializer<?> part) {
            super(part);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> part) {
            return new OrEmpty(part);
        }

        @Override
        public Object getNullValue(DeserializationContext context) {
            return EMPTY.get(handledType());
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return EMPTY.get(handledType());
        }
    }
}
