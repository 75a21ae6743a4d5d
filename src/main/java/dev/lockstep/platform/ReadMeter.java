package dev.lockstep.platform;

import java.util.function.Supplier;

/**
 * Counts what becomes of reads. Whoever reads by the clock goes on without what was not read, so a permission that is
 * gone fails no invocation: without a count nobody would see it.
 */
public interface ReadMeter {
    String DONE = "Done";

    /** @param outcome {@link #DONE}, or what a {@link PlatformException} says that a caller can do about it */
    void read(String platform, String outcome);

    /** @throws PlatformException as the read did, once it was counted */
    default <T> T counting(String platform, Supplier<T> reading) {
        try {
            T answer = reading.get();
            read(platform, DONE);
            return answer;
        } catch (PlatformException e) {
            read(platform, outcome(e));
            throw e;
        }
    }

    private static String outcome(PlatformException failure) {
        return switch (failure) {
            case PlatformException.Throttled throttled -> "Throttled";
            case PlatformException.NotSignedIn out -> "NotSignedIn";
            case PlatformException.PermissionMissing missing -> "PermissionMissing";
            case PlatformException.Rejected rejected -> "Rejected";
            case PlatformException.Unreachable unreachable -> "Unreachable";
        };
    }
}
