package dev.lockstep.local.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.local.phone.DeskPhone.Account;
import dev.lockstep.local.phone.DeskPhone.Event;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DeskPhoneTest {
    private static final Account ACCOUNT =
            new Account("https://presence.example", "desk", "k7Qe", "805ec0112233", "1042");
    private static final String HEAD = "https://presence.example/phone/desk?k=k7Qe&ev=";

    private final List<String> fetched = new ArrayList<>();
    private int answer = 204;
    private final DeskPhone phone = new DeskPhone(ACCOUNT, this::fetch, EnumSet.allOf(Event.class));

    private int fetch(URI url) throws IOException {
        fetched.add(url.toString());
        if (answer == 0) {
            throw new IOException("no route");
        }
        return answer;
    }

    @Test
    void putsItsVariablesIntoTheUrlAsTheyAre() {
        phone.ring("sip:02079460000@pbx.example");
        assertThat(fetched)
                .containsExactly(HEAD + "ringing&mac=805ec0112233&u=1042&cid=33093&r=sip:02079460000@pbx.example");
    }

    @Test
    void forgetsItsAccountWhenTheCallIsOver() {
        int call = phone.ring("sip:1@pbx.example");
        phone.answer(call);
        phone.hangup(call);
        assertThat(fetched.subList(1, fetched.size()))
                .containsExactly(
                        HEAD + "busy&mac=805ec0112233&u=1042&cid=33093&r=",
                        HEAD + "connected&mac=805ec0112233&u=1042&cid=33093&r=",
                        HEAD + "ended&mac=805ec0112233&u=&cid=33093&r=",
                        HEAD + "idle&mac=805ec0112233&u=&cid=33093&r=");
    }

    @Test
    void isIdleOnlyAfterItsLastCall() {
        int first = phone.ring("sip:1@pbx.example");
        phone.answer(first);
        phone.hold(first);
        int second = phone.ring("sip:2@pbx.example");
        phone.answer(second);
        phone.hangup(second);
        assertThat(fetched).noneMatch(url -> url.contains("ev=idle"));
        phone.resume(first);
        phone.hangup(first);
        assertThat(fetched.getLast()).contains("ev=idle");
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void firesOnceWhateverTheAnswer() {
        for (int status : new int[] {200, 401, 429, 500, 503, 0}) {
            answer = status;
            phone.dnd(true);
        }
        assertThat(fetched).hasSize(6);
        assertThat(phone.answers().subList(4, 6)).containsExactly(OptionalInt.of(503), OptionalInt.empty());
    }

    @Test
    void neverRepeatsWhatWasLost() {
        int call = phone.ring("sip:1@pbx.example");
        phone.answer(call);
        int before = fetched.size();
        phone.loseNext(2);
        phone.hangup(call);
        assertThat(fetched).hasSize(before);
        phone.dnd(false);
        assertThat(fetched).hasSize(before + 1);
    }

    @Test
    void firesOnlyWhatIsConfigured() {
        DeskPhone sparse = new DeskPhone(ACCOUNT, this::fetch, EnumSet.of(Event.CONNECTED, Event.ENDED));
        int call = sparse.ring("sip:1@pbx.example");
        sparse.answer(call);
        sparse.hangup(call);
        assertThat(fetched).hasSize(2);
    }

    @Test
    void hasRoomFor511Characters() {
        assertThatThrownBy(() -> phone.ring("sip:" + "9".repeat(500) + "@pbx.example"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
