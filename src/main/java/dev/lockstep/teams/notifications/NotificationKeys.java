package dev.lockstep.teams.notifications;

import dev.lockstep.configured.Secrets;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.entra.CertifiedKey;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The private keys for encrypted notifications, by the id that a subscription gives its certificate. */
public final class NotificationKeys {
    private static final Logger LOG = Logger.getLogger(NotificationKeys.class);
    private static final String NAME = "lockstep.teams.notification-keys";

    /** Neither an ARN nor PEM nor Base64 of a store looks so before its first "=". */
    private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9._-]{1,128})=(.+)", Pattern.DOTALL);

    private final NotificationSettings settings;
    private final Secrets secrets;
    private final Map<String, Optional<CertifiedKey>> read = new ConcurrentHashMap<>();

    public NotificationKeys(NotificationSettings settings, Secrets secrets) {
        this.settings = settings;
        this.secrets = secrets;
    }

    /**
     * @return empty if no certificate of that id is configured, or its key cannot be used
     * @throws PlatformException.Unreachable if the secret store did not answer
     */
    Optional<PrivateKey> named(String certificateId) {
        List<String> all = settings.notificationKeys().orElse(List.of()).stream()
                .map(String::strip)
                .toList();
        Stream<CertifiedKey> named = all.stream()
                .filter(configured -> isNamed(certificateId, configured))
                .flatMap(configured -> key(configured.substring(certificateId.length() + 1)).stream());
        Stream<CertifiedKey> unnamed = all.stream()
                .filter(configured -> !NAMED.matcher(configured).matches())
                .flatMap(configured -> key(configured).stream())
                .filter(key -> thumbprint(key).equals(certificateId));
        return Stream.concat(named, unnamed).map(CertifiedKey::key).findFirst();
    }

    /**
     * What Graph encrypts for.
     *
     * @param id by which Graph will name it
     * @param base64 its DER
     */
    public record Certificate(String id, String base64, Instant end) {
        private static Certificate of(Optional<String> name, CertifiedKey key) {
            try {
                return new Certificate(
                        name.orElseGet(() -> thumbprint(key)),
                        Base64.getEncoder().encodeToString(key.certificate().getEncoded()),
                        key.certificate().getNotAfter().toInstant());
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException("it was decoded", e);
            }
        }
    }

    /** Those whose keys can be used. The one that ends last is the newest. */
    public List<Certificate> certificates() {
        return settings.notificationKeys().orElse(List.of()).stream()
                .map(String::strip)
                .flatMap(configured -> {
                    Matcher named = NAMED.matcher(configured);
                    return named.matches()
                            ? key(named.group(2)).map(key -> Certificate.of(Optional.of(named.group(1)), key)).stream()
                            : key(configured).map(key -> Certificate.of(Optional.empty(), key)).stream();
                })
                .sorted(Comparator.comparing(Certificate::end))
                .toList();
    }

    private static boolean isNamed(String certificateId, String configured) {
        Matcher named = NAMED.matcher(configured);
        return named.matches() && named.group(1).equals(certificateId);
    }

    /** Parsed once for each text: a stored key may be replaced while the instance lives. */
    private Optional<CertifiedKey> key(String reference) {
        try {
            String password =
                    settings.notificationKeysPassword().map(secrets::reveal).orElse("");
            return read.computeIfAbsent(secrets.reveal(reference), text -> parsed(text, password));
        } catch (PlatformException.PermissionMissing e) {
            LOG.errorf("a key for notifications of Teams cannot be had: %s", e.getMessage());
            return Optional.empty();
        }
    }

    /** A key that cannot be used hides none of the others. */
    private static Optional<CertifiedKey> parsed(String text, String password) {
        try {
            return Optional.of(CertifiedKey.read(text, password, NAME));
        } catch (PlatformException.PermissionMissing e) {
            LOG.error(e.getMessage());
            return Optional.empty();
        }
    }

    private static String thumbprint(CertifiedKey key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest(key.certificate().getEncoded());
            return HexFormat.of().formatHex(digest).toUpperCase(Locale.ROOT);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
