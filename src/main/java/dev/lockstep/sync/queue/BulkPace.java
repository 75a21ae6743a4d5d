package dev.lockstep.sync.queue;

import dev.lockstep.platform.BulkLimit;
import dev.lockstep.platform.QuotaLeft;
import java.time.Duration;
import java.util.Optional;

/**
 * How fast one platform takes bulk work. Of its quota a part is left alone for calls, and what was used lately is taken
 * for what they go on using.
 */
record BulkPace(BulkLimit.Quota quota) {
    /** The rest finds room for a burst of calls. */
    private static final double PLANNED = 0.95;

    /** Where the platform does not say what is left, a quarter is taken for used. */
    private static final double PLANNED_BLINDLY = 0.70;

    /** However much others use, bulk work goes on. */
    private static final double AT_LEAST = 0.10;

    /** Nobody of the many begins while so little is left. */
    private static final double TOO_LITTLE = 0.03;

    /** Of too few requests the mean says nothing. */
    private static final int TELLING = 50;

    private static final double USUAL_SECONDS = 0.25;

    /** From one agent to the next. */
    Duration apart(Optional<QuotaLeft> said) {
        double perSecond = said.map(left -> Math.min(byRequests(left), byExecution(left)))
                .orElse(share(PLANNED_BLINDLY, quota.requests()));
        return Duration.ofNanos((long) (1e9 * quota.requestsPerAgent() / perSecond));
    }

    boolean isTooLittle(QuotaLeft left) {
        boolean outOfTime = quota.execution()
                .flatMap(limit -> left.execution().map(rest -> seconds(rest) < TOO_LITTLE * seconds(limit)))
                .orElse(false);
        return outOfTime || left.requests() < TOO_LITTLE * quota.requests();
    }

    private double byRequests(QuotaLeft left) {
        double limit = Math.max(quota.requests(), left.requests());
        return share(PLANNED - used(left) / limit, limit);
    }

    private double byExecution(QuotaLeft left) {
        if (quota.execution().isEmpty() || left.execution().isEmpty()) {
            return Double.MAX_VALUE;
        }
        double limit = seconds(quota.execution().get());
        double spent = Math.max(0, limit - seconds(left.execution().get()));
        double each = used(left) < TELLING ? USUAL_SECONDS : Math.max(spent / used(left), 0.001);
        return share(PLANNED - spent / limit, limit) / each;
    }

    private double used(QuotaLeft left) {
        return Math.max(0, quota.requests() - left.requests());
    }

    private double share(double part, double limit) {
        return Math.max(part, AT_LEAST) * limit / seconds(quota.window());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
