package dev.lockstep.teams.notifications;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** By what Graph's change notifications are known to be genuine, and read. Part of {@code lockstep.teams}. */
public interface NotificationSettings {
    /** What our subscriptions carry as {@code clientState}, or where it is stored; two values while it is replaced. */
    Optional<List<String>> clientState();

    /**
     * Certificates with their private keys, as PEM or PKCS12 in Base64, or the references of stored ones. Graph names
     * the one it used by {@code encryptionCertificateId}: what stands before {@code =} here, or, without that, the
     * certificate's SHA-1 thumbprint in hexadecimal capitals. Keep the old one beside the new while it is replaced.
     */
    Optional<List<String>> notificationKeys();

    /** Of the PKCS12 stores, or the reference of the stored one. */
    Optional<String> notificationKeysPassword();

    /** Within which the presence behind a notification that carries none must have been read. */
    @WithDefault("${lockstep.deadline:2s}")
    Duration notificationTimeout();
}
