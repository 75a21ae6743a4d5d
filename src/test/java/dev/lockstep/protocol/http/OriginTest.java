package dev.lockstep.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {
    @ParameterizedTest
    @CsvSource({
        "https://graph.microsoft.com/v1.0, https://graph.microsoft.com",
        "HTTPS://Contoso.CRM4.dynamics.com:443/api, https://contoso.crm4.dynamics.com",
        "https://localhost:8092/v1.0, https://localhost:8092",
        "http://127.0.0.1:80, http://127.0.0.1",
        "https://[::1]:9/x?y=z, https://[::1]:9"
    })
    void isSchemeHostAndPort(URI url, String origin) {
        assertThat(Origin.of(url)).hasToString(origin);
    }

    @Test
    void endsWhereSchemeHostOrPortDiffer() {
        Origin graph = Origin.of(URI.create("https://graph.microsoft.com/v1.0"));

        assertThat(graph.holds(URI.create("https://graph.microsoft.com:443/beta/users?x")))
                .isTrue();
        assertThat(graph.holds(URI.create("http://graph.microsoft.com/v1.0"))).isFalse();
        assertThat(graph.holds(URI.create("https://graph.microsoft.com:8443/v1.0")))
                .isFalse();
        assertThat(graph.holds(URI.create("https://graph.microsoft.com.example.net/v1.0")))
                .isFalse();
        assertThat(graph.holds(URI.create("https://graph.microsoft.com@example.net/")))
                .isFalse();
        assertThat(graph.holds(URI.create("/v1.0/users"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"graph.microsoft.com", "ftp://host/x", "https:///x", "mailto:a@b"})
    void refusesWhatIsNoPlaceOnTheWeb(URI url) {
        assertThatIllegalArgumentException().isThrownBy(() -> Origin.of(url));
    }
}
