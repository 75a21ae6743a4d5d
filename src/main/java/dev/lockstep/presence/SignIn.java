package dev.lockstep.presence;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether the agent is signed in to the platform that routes work.
 *
 * @param latest when that was last told, whether by a login or after a lost connection
 * @param signOut the newest sign-out that no sign-in has undone
 * @param lastLogin the last sign-in that is a sign of being there
 */
public record SignIn(Optional<SourceTime> latest, Optional<SignOut> signOut, Optional<Instant> lastLogin) {
    public static final SignIn UNKNOWN = new SignIn(Optional.empty(), Optional.empty(), Optional.empty());

    public boolean holdsAt(Instant now) {
        return latest.isPresent()
                && signOut.map(out -> latest.get().isAfter(out.moment()) || now.isBefore(out.effective()))
                        .orElse(true);
    }

    /** Whether the platform that routes work ever said that the agent is signed in or out. */
    public boolean isKnown() {
        return latest.isPresent() || signOut.isPresent();
    }

    /** Whether the agent was signed in at any time from then on: who signs out was in, even if that was never told. */
    boolean wasInSince(Instant start) {
        return signOut.map(SignOut::moment)
                .map(out -> out.at().isAfter(start)
                        || latest.filter(in -> in.isAfter(out)).isPresent())
                .orElse(latest.isPresent());
    }

    SignIn fold(Signal.SignedIn in) {
        SourceTime newest =
                latest.map(old -> SourceTime.later(old, in.moment())).orElse(in.moment());
        Optional<SignOut> standing =
                signOut.flatMap(out -> out.isUndoneBy(in.moment()) ? out.undone() : Optional.of(out));
        return new SignIn(
                Optional.of(newest), standing, in.login() ? loginAt(in.moment().at()) : lastLogin);
    }

    private Optional<Instant> loginAt(Instant at) {
        return Optional.of(lastLogin.filter(old -> old.isAfter(at)).orElse(at));
    }

    SignIn fold(Signal.SignedOut signal) {
        SignOut out = SignOut.of(signal);
        if (latest.filter(out::isUndoneBy).isPresent()) {
            return this;
        }
        SignOut newest = signOut.map(old -> old.with(out)).orElse(out);
        return new SignIn(latest, Optional.of(newest), lastLogin);
    }
}
