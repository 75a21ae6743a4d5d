package dev.lockstep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every dictionary of identities does. */
public abstract class IdentitiesContract {
    private Identities identities;

    public abstract Identities empty();

    @BeforeEach
    void begin() {
        identities = empty();
    }

    @Test
    void doesNotKnowWhatWasNeverPut() {
        assertThat(identities.agentOf("teams#nobody")).isEmpty();
        identities.put(Map.of());
        identities.remove("teams#nobody");
    }

    @Test
    void findsAnAgentByAnyOfTheirIdentities() {
        identities.put(Map.of("teams#1", "ada", "dynamics#2", "ada", "teams#3", "bob"));
        assertThat(identities.agentOf("teams#1")).contains("ada");
        assertThat(identities.agentOf("dynamics#2")).contains("ada");
        assertThat(identities.agentOf("teams#3")).contains("bob");
    }

    @Test
    void anIdentityMovesToItsNewAgent() {
        identities.put(Map.of(Identities.line("desk", "1042"), "ada"));
        identities.put(Map.of(Identities.line("desk", "1042"), "bob"));
        assertThat(identities.agentOf("phone#desk#1042")).contains("bob");
    }

    @Test
    void whatIsTooLongForAKeyIsNotLookedFor() {
        assertThatThrownBy(() -> identities.agentOf("teams#" + "x".repeat(StoreKeys.LONGEST)))
                .isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> identities.agentOf("")).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void caseDoesNotMatter() {
        identities.put(Map.of("UPN#Ada@Contoso.com", "ada"));
        assertThat(identities.agentOf(Identities.of("upn", "ada@contoso.COM"))).contains("ada");
        identities.remove("upn#ADA@contoso.com");
        assertThat(identities.agentOf("upn#ada@contoso.com")).isEmpty();
    }

    @Test
    void takesAWholeDirectoryAtOnce() {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < 80; i++) {
            all.put("teams#" + i, "agent-" + i);
        }
        identities.put(all);
        all.forEach(
                (identity, agentId) -> assertThat(identities.agentOf(identity)).contains(agentId));
    }

    @Test
    void forgetsWhatIsRemoved() {
        identities.put(Map.of("teams#1", "ada", "teams#2", "ada"));
        identities.remove("teams#1");
        assertThat(identities.agentOf("teams#1")).isEmpty();
        assertThat(identities.agentOf("teams#2")).contains("ada");
    }
}
