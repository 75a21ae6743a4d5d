package dev.lockstep.teams.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.platform.PlatformException;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.teams.graph.PresenceApi.Presence;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A Graph that refuses every list with one of some ids in it. */
class PortionReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

    private final Set<String> bad = new TreeSet<>();
    private final RefusedIds refused = new RefusedIds(() -> NOW, new InMemoryControl(() -> NOW));
    private int requests;

    private Map<String, Presence> once(List<String> ids) {
        requests++;
        if (ids.stream().anyMatch(bad::contains)) {
            throw new PlatformException.Rejected("one of them is refused");
        }
        Map<String, Presence> found = new HashMap<>();
        ids.forEach(id -> found.put(id, new Presence("Available", "Available", Optional.empty())));
        return found;
    }

    private PortionReader reader(int furtherReads) {
        return new PortionReader(this::once, refused, new AtomicInteger(furtherReads));
    }

    private static List<String> ids(int many) {
        return IntStream.range(0, many)
                .mapToObj(i -> "00000000-0000-0000-0000-%012d".formatted(i))
                .toList();
    }

    @Test
    void whoIsRefusedIsFoundByHalving() {
        List<String> ids = ids(650);
        bad.addAll(List.of(ids.get(17), ids.get(400)));

        assertThat(reader(40).read(ids)).hasSize(648).doesNotContainKeys(ids.get(17), ids.get(400));
        assertThat(refused.isRefused(ids.get(17))).isTrue();
        assertThat(refused.count()).isEqualTo(2);
        assertThat(requests).isLessThanOrEqualTo(41);
    }

    @Test
    void halvingCostsNoMoreThanItMayAndGoesOnTheNextTime() {
        List<String> ids = ids(650);
        IntStream.range(0, 20).forEach(i -> bad.add(ids.get(i * 30)));

        int seen = reader(40).read(ids).size();
        assertThat(requests).isEqualTo(41);
        assertThat(seen).isLessThan(630);

        for (int poll = 0; poll < 20 && seen < 630; poll++) {
            requests = 0;
            List<String> left =
                    ids.stream().filter(id -> !refused.isRefused(id)).toList();
            seen = reader(40).read(left).size();
            assertThat(requests).isLessThanOrEqualTo(41);
        }
        assertThat(seen).isEqualTo(630);
        assertThat(refused.count()).isEqualTo(20);
    }

    @Test
    void whatIsRefusedToTheLastIsRefusedForAnotherReason() {
        List<String> ids = ids(4);
        bad.addAll(ids);

        assertThatThrownBy(() -> reader(40).read(ids)).isInstanceOf(PlatformException.Rejected.class);
        assertThat(refused.count()).isZero();
    }
}
