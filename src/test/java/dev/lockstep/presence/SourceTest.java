package dev.lockstep.presence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceTest {
    @Test
    void isNamedByItsKindAndItsOwnName() {
        assertThat(Source.phone("desk")).hasToString("phone:desk");
        assertThat(Source.application("crm")).hasToString("application:crm");
        assertThat(Source.schedule("dynamics")).hasToString("schedule:dynamics");
    }

    @Test
    void ofOneNameThereMayBeOneOfEachKind() {
        assertThat(Source.phone("x")).isNotEqualTo(Source.application("x")).isNotEqualTo(Source.schedule("x"));
    }
}
