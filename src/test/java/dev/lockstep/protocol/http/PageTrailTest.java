package dev.lockstep.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class PageTrailTest {
    private static final String HERE = "https://platform.example/v1/rows?page=";

    private final PageTrail trail = new PageTrail(URI.create("https://platform.example/v1"), 2);

    @Test
    void itNeverLeadsElsewhere() {
        assertThat(trail.leadsTo("https://elsewhere.example/v1/rows")).isFalse();
        assertThat(trail.leadsTo("http://platform.example/v1/rows")).isFalse();
        assertThat(trail.leadsTo("/v1/rows")).isFalse();
        assertThat(trail.leadsTo("no link at all")).isFalse();
    }

    @Test
    void itNeverLeadsToOnePageTwice() {
        assertThat(trail.leadsTo(HERE + 1)).isTrue();
        assertThat(trail.leadsTo(HERE + 1)).isFalse();
    }

    @Test
    void itEnds() {
        assertThat(trail.leadsTo(HERE + 1)).isTrue();
        assertThat(trail.leadsTo(HERE + 2)).isTrue();
        assertThat(trail.leadsTo(HERE + 3)).isFalse();
    }
}
