package dev.lockstep.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.agent.AgentState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedTextTest {
    /** Of every dictionary that was ever written with. */
    private static final Map<String, String> CHECKSUMS =
            Map.of("dictionary-1.txt", "317e69803dbaa52db7b832cb0e32b438243829fb9f1b98e8c463ce33fd72bdd9");

    private final PackedText packed = new PackedText();

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "Rita Möller", "\uD83D\uDE00", "{\"profile\":{\"name\":\"\"}}"})
    void anyTextComesBack(String text) {
        assertThat(packed.unpack(packed.pack(text))).isEqualTo(text);
    }

    @Test
    void longTextComesBack() {
        String text = "{\"at\":\"2026-11-23T12:00:00Z\"}".repeat(10_000);

        assertThat(packed.unpack(packed.pack(text))).isEqualTo(text);
    }

    @Test
    void theSameTextGivesTheSameBytes() {
        assertThat(packed.pack("on a call")).isEqualTo(new PackedText().pack("on a call"));
    }

    @Test
    void peopleCanReadWhatTheCommandLineShows() throws IOException {
        byte[] shown = Base64.getEncoder().encode(packed.pack("{\"profile\":{\"name\":\"Rita Möller\"}}"));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        PackedText.print(
                new ByteArrayInputStream((new String(shown, StandardCharsets.US_ASCII) + "\n").getBytes()),
                new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8).strip())
                .isEqualTo("{\"profile\":{\"name\":\"Rita Möller\"}}");
    }

    @Test
    void anOrdinaryStateTakesAFifthOfItsText() {
        AgentState state = StoredSamples.all().get("on-a-call");
        String text = new StateJson().write(state);

        assertThat(packed.pack(text).length).isLessThan(text.length() / 5);
    }

    @Test
    void whatWasPackedOtherwiseIsRefused() {
        Deflater other = new Deflater();
        other.setDictionary("another dictionary".getBytes(StandardCharsets.UTF_8));
        other.setInput("another dictionary".getBytes(StandardCharsets.UTF_8));
        other.finish();
        byte[] bytes = new byte[100];
        byte[] foreign = Arrays.copyOf(bytes, other.deflate(bytes));
        other.end();

        assertThatThrownBy(() -> packed.unpack(foreign))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("dictionary");
    }

    @Test
    void whatIsDamagedIsRefused() {
        byte[] whole = packed.pack("{\"profile\":{\"name\":\"Rita\"}}");
        byte[] changed = whole.clone();
        changed[changed.length - 1]++;

        assertThatThrownBy(() -> packed.unpack(Arrays.copyOf(whole, whole.length - 3)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> packed.unpack(changed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> packed.unpack(new byte[0])).isInstanceOf(IllegalStateException.class);
    }

    /** What was written with it could not be read any more. */
    @Test
    void noDictionaryIsEverChanged() throws Exception {
        for (Map.Entry<String, String> each : CHECKSUMS.entrySet()) {
            byte[] dictionary =
                    PackedText.class.getResourceAsStream(each.getKey()).readAllBytes();
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(dictionary);
            assertThat(HexFormat.of().formatHex(sum)).as(each.getKey()).isEqualTo(each.getValue());
        }
    }
}
