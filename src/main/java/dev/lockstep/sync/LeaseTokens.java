package dev.lockstep.sync;

import java.util.random.RandomGenerator;

/** Names for holders of leases. Each visit has its own, so that two in one process are told apart too. */
record LeaseTokens(RandomGenerator random) {
    String next() {
        return Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
    }
}
