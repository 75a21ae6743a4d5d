package dev.lockstep.local.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The private authority behind the simulated platforms' HTTPS: one self-signed certificate for localhost and
 * 127.0.0.1, made by the JDK's keytool, valid for 30 days.
 */
public final class LocalAuthority {
    /** Of the trust store and of the key store; they hold nothing worth a secret. */
    public static final String PASSWORD = "changeit";

    private static final String ALIAS = "lockstep-local";

    private final Path folder;
    private final KeyStore keys;
    private Optional<SSLContext> clientContext = Optional.empty();

    private LocalAuthority(Path folder, KeyStore keys) {
        this.folder = folder;
        this.keys = keys;
    }

    /** In a new temporary folder that goes when the JVM ends. */
    public static LocalAuthority temporary() {
        try {
            // Deletion at exit goes backwards: the files first, then the folder.
            Path folder = Files.createTempDirectory("lockstep-authority");
            folder.toFile().deleteOnExit();
            for (String name : List.of("trust.p12", "server.pem", "keys.p12")) {
                folder.resolve(name).toFile().deleteOnExit();
            }
            return in(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In this folder, which must exist; makes the certificate and the trust store anew. */
    public static LocalAuthority in(Path folder) {
        try {
            Path store = folder.resolve("keys.p12");
            Files.deleteIfExists(store);
            keytool(store, ALIAS, "CN=localhost", "EC", "256", "SAN=dns:localhost,ip:127.0.0.1");
            LocalAuthority authority = new LocalAuthority(folder, load(store));
            authority.writeTrustStore();
            authority.writePem();
            return authority;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot make a certificate for the local platforms", e);
        }
    }

    /** A PKCS12 file for {@code javax.net.ssl.trustStore}: this authority and all that the JVM trusts already. */
    public Path trustStore() {
        return folder.resolve("trust.p12");
    }

    /** The certificate for {@code curl --cacert}. */
    public Path pem() {
        return folder.resolve("server.pem");
    }

    /** For a server: it shows the certificate. */
    public SSLContext serverContext() {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For a client in this JVM: it trusts what {@link #trustStore()} holds. */
    public synchronized SSLContext clientContext() {
        if (clientContext.isPresent()) {
            return clientContext.get();
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trustManagers(load(trustStore())), null);
            clientContext = Optional.of(context);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes this JVM's default clients trust the simulated platforms; call it before any of them is made. */
    public void trustInThisProcess() {
        System.setProperty("javax.net.ssl.trustStore", trustStore().toString());
        System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
        System.setProperty("javax.net.ssl.trustStoreType", "PKCS12");
        SSLContext.setDefault(clientContext());
    }

    /** A key with a self-signed RSA certificate, as a customer would register it for signing in or for encryption. */
    public record Identity(PrivateKey key, X509Certificate certificate) {}

    /**
     * Makes one.
     *
     * @param bits of the RSA key
     */
    public static Identity selfSigned(String commonName, int bits) {
        try {
            Path folder = Files.createTempDirectory("lockstep-identity");
            Path store = folder.resolve("identity.p12");
            try {
                keytool(store, ALIAS, "CN=" + commonName, "RSA", String.valueOf(bits), "KeyUsage=digitalSignature");
                KeyStore keys = load(store);
                return new Identity((PrivateKey) keys.getKey(ALIAS, PASSWORD.toCharArray()), (X509Certificate)
                        keys.getCertificate(ALIAS));
            } finally {
                Files.deleteIfExists(store);
                Files.deleteIfExists(folder);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot make a certificate for " + commonName, e);
        }
    }

    private void writeTrustStore() throws IOException, GeneralSecurityException {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry(ALIAS, keys.getCertificate(ALIAS));
        int number = 0;
        for (TrustManager manager : trustManagers(null)) {
            for (X509Certificate root : ((X509TrustManager) manager).getAcceptedIssuers()) {
                trust.setCertificateEntry("root-" + number++, root);
            }
        }
        try (OutputStream out = Files.newOutputStream(trustStore())) {
            trust.store(out, PASSWORD.toCharArray());
        }
    }

    private void writePem() throws IOException, GeneralSecurityException {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(keys.getCertificate(ALIAS).getEncoded());
        Files.writeString(pem(), "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    }

    /** With null: what the JVM trusts by default, or by an already set {@code javax.net.ssl.trustStore}. */
    private static TrustManager[] trustManagers(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore load(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static void keytool(Path store, String alias, String name, String algorithm, String size, String extension)
            throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        // A tool that runs once starts in half the time like this.
                        "-J-XX:TieredStopAtLevel=1",
                        "-J-XX:+UseSerialGC",
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        alias,
                        "-dname",
                        name,
                        "-keyalg",
                        algorithm,
                        algorithm.equals("EC") ? "-groupname" : "-keysize",
                        algorithm.equals("EC") ? "secp" + size + "r1" : size,
                        "-validity",
                        "30",
                        "-ext",
                        extension)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (exitCode(process) != 0) {
            throw new IOException("keytool: " + said.strip());
        }
    }

    private static int exitCode(Process process) throws IOException {
        try {
            return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
