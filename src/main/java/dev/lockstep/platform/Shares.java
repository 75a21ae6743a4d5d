package dev.lockstep.platform;

import java.util.HashSet;
import java.util.List;

/**
 * Among how many applications of ours a platform's agents are shared out. Each has a quota of its own.
 *
 * <p>An agent belongs to the name with the highest score beside their id (rendezvous hashing): one name more takes over
 * its share of the agents and moves nobody else, one less gives up its own and moves nobody else. Every instance comes to
 * the same without asking.
 *
 * @param names one or more, each once; in any order
 */
public record Shares(List<String> names) {
    /** All agents by one application. */
    public static final Shares ONE = new Shares(List.of(""));

    /** @throws IllegalArgumentException if there is none, or one is there twice */
    public Shares {
        names = List.copyOf(names);
        if (names.isEmpty() || new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException("each application must be named once: " + names);
        }
    }

    /** To which application an agent belongs. */
    public String of(String agentId) {
        String best = names.getFirst();
        for (String name : names.subList(1, names.size())) {
            best = outscores(name, best, agentId) ? name : best;
        }
        return best;
    }

    /** What the quota of one of them is called. */
    public String budget(String platform, String name) {
        return names.size() == 1 ? platform : platform + "#" + name;
    }

    /** What all their quotas are called. */
    public List<String> budgets(String platform) {
        return names.stream().map(name -> budget(platform, name)).toList();
    }

    private static boolean outscores(String name, String other, String agentId) {
        int order = Long.compareUnsigned(score(name, agentId), score(other, agentId));
        return order > 0 || order == 0 && name.compareTo(other) > 0;
    }

    private static long score(String name, String agentId) {
        return Sha256.first64Bits(name + "\n" + agentId);
    }
}
