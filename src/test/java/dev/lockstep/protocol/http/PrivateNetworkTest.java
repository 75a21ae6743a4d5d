package dev.lockstep.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses lead where no stranger may send us. */
class PrivateNetworkTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "crm.localhost",
                "LOCALHOST",
                "127.0.0.1",
                "127.9.9.9",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.5",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "100.127.255.255",
                "169.254.169.254",
                "224.0.0.1",
                "[::1]",
                "[::]",
                "[fe80::1]",
                "[fd00:ec2::254]",
                "[fc00::1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:169.254.169.254]",
                "[::169.254.169.254]",
                "[64:ff9b::169.254.169.254]",
                "[64:ff9b::a00:1]",
                "[2002:a9fe:a9fe::1]",
                "[2002:7f00:1::]"
            })
    void theMachineAndItsNetwork(String host) {
        assertThat(PrivateNetwork.isNamedBy(URI.create("https://" + host + "/hook")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "crm.example",
                "localhost.example",
                "10.example",
                "8.8.8.8",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.169.0.1",
                "169.253.0.1",
                "[2001:db8::1]",
                "[fe00::1]",
                "[64:ff9b::808:808]",
                "[2002:808:808::1]"
            })
    void theRestOfTheWorld(String host) {
        assertThat(PrivateNetwork.isNamedBy(URI.create("https://" + host + "/hook")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void whatANameLeadsToIsLookedUp(String host) {
        assertThat(PrivateNetwork.isReachedBy(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-host.invalid", "8.8.8.8"})
    void whereNoAddressIsNothingIsReached(String host) {
        assertThat(PrivateNetwork.isReachedBy(host)).isFalse();
    }
}
