package dev.lockstep.webhook;

import dev.lockstep.configured.ConnectionSystem;
import jakarta.inject.Singleton;

/** What a connection to a third-party application is: we call it, signed as a Standard Webhook. */
@Singleton
public final class OutgoingWebhook implements ConnectionSystem {
    static final String NAME = "webhook";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Credential credential() {
        return Credential.SECRETS;
    }

    @Override
    public Direction direction() {
        return Direction.IS_CALLED;
    }
}
