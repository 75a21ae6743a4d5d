package dev.lockstep.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneTroublesTest {
    private final PhoneFixture desk = new PhoneFixture();
    private final PhoneTroubles unknown = new PhoneTroubles(desk.control);

    @ParameterizedTest
    @CsvSource({
        "1042,1042",
        "80:5E:C0:11:22:33,805ec0112233",
        "Front Desk,front_desk",
        "a#b,a_b",
        "'',none",
        "x,x",
        "@,…@~c3641f85",
        "278522be-19bd-4a3c-9d2f-7a0b8c1d2e3f,278522be-19bd-4a3c-9d2f-7a0b8c1d2e3f"
    })
    void whatNamesNobodyIsShown(String line, String shown) {
        assertThat(PhoneTroubles.shown(line)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+442079460018",
                "02079460018",
                "(020) 7946-0018",
                "442079460018",
                "sip:rita18@pbx.example",
                "rita@contoso.com"
            })
    void telephoneNumbersAndAddressesAreNotShown(String line) {
        String shown = PhoneTroubles.shown(line);
        assertThat(shown).matches("….{2}~[0-9a-f]{8}");
        assertThat(PhoneTroubles.shown(line)).isEqualTo(shown);
        assertThat(PhoneTroubles.shown("x" + line)).isNotEqualTo(shown);
    }

    @Test
    void anEndlessNameIsCut() {
        assertThat(PhoneTroubles.shown("x".repeat(10_000))).hasSizeLessThan(20);
    }

    @Test
    void countsLinesAndKindsApartAndRemembersTheLatest() {
        unknown.count(PhoneTroubles.Kind.LINE, "desk", "1042", PhoneFixture.NOON);
        unknown.count(PhoneTroubles.Kind.LINE, "desk", "1042", PhoneFixture.NOON.plusSeconds(5));
        unknown.count(PhoneTroubles.Kind.EVENT, "pbx", "registered", PhoneFixture.NOON);
        assertThat(unknown.all(PhoneTroubles.Kind.LINE))
                .containsExactly(new PhoneTroubles.Trouble(
                        PhoneTroubles.Kind.LINE, "desk", "1042", 2, Optional.of(PhoneFixture.NOON.plusSeconds(5))));
        assertThat(unknown.all(PhoneTroubles.Kind.EVENT))
                .containsExactly(new PhoneTroubles.Trouble(
                        PhoneTroubles.Kind.EVENT, "pbx", "registered", 1, Optional.of(PhoneFixture.NOON)));
    }
}
