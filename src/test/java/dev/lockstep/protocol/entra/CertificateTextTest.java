package dev.lockstep.protocol.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.local.server.LocalAuthority;
import dev.lockstep.platform.PlatformException;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateTextTest {
    private static LocalAuthority.Identity ours;
    private static LocalAuthority.Identity anothers;

    @BeforeAll
    static void make() {
        ours = LocalAuthority.selfSigned("ours", 2048);
        anothers = LocalAuthority.selfSigned("another's", 2048);
    }

    @Test
    void readsPemInAnyOrderWithOtherCertificatesBesideIt() throws Exception {
        String chain = block("CERTIFICATE", anothers.certificate().getEncoded()) + pem(ours, "PRIVATE KEY");

        CertifiedKey pair =
                CertificateText.read("Bag Attributes\n  friendlyName: x\n" + chain, "", "lockstep.entra.certificate");

        assertThat(pair.certificate()).isEqualTo(ours.certificate());
        assertThat(pair.key()).isEqualTo(ours.key());
    }

    @Test
    void readsTheOlderFormOfTheKey() throws Exception {
        assertThat(CertificateText.read(pem(ours, "RSA PRIVATE KEY"), "", "lockstep.entra.certificate")
                        .key())
                .isEqualTo(ours.key());
    }

    @Test
    void readsPemWhoseLineEndsWereWrittenOut() throws Exception {
        String oneLine = pem(ours, "PRIVATE KEY").replace("\n", "\\n");

        assertThat(CertificateText.read(oneLine, "", "lockstep.entra.certificate")
                        .key())
                .isEqualTo(ours.key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "changeit"})
    void readsAStoreInBase64(String password) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("other", anothers.certificate());
        store.setKeyEntry("own", ours.key(), password.toCharArray(), new Certificate[] {ours.certificate()});
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, password.toCharArray());

        String text = Base64.getMimeEncoder().encodeToString(bytes.toByteArray());
        assertThat(CertificateText.read(text, password, "lockstep.entra.certificate")
                        .certificate())
                .isEqualTo(ours.certificate());
        assertUnusable(text, "wrong", "cannot be read");
    }

    @Test
    void saysWhatIsWrongAndNeverWhatItHolds() throws Exception {
        String key = block("PRIVATE KEY", ours.key().getEncoded());
        String certificate = block("CERTIFICATE", ours.certificate().getEncoded());

        assertUnusable(key, "", "no certificate that belongs");
        assertUnusable(
                key + block("CERTIFICATE", anothers.certificate().getEncoded()), "", "no certificate that belongs");
        assertUnusable(certificate, "", "no RSA private key");
        assertUnusable(block("ENCRYPTED PRIVATE KEY", ours.key().getEncoded()) + certificate, "", "encrypted");
        assertUnusable(block("PRIVATE KEY", new byte[] {1, 2, 3}) + certificate, "", "cannot be read");
        assertUnusable(block("RSA PRIVATE KEY", new byte[] {1, 2, 3}) + certificate, "", "cannot be read");
        assertUnusable("not a certificate", "", "cannot be read");
        assertUnusable("", "", "cannot be read");
    }

    private static void assertUnusable(String text, String password, String why) {
        assertThatExceptionOfType(PlatformException.PermissionMissing.class)
                .isThrownBy(() -> CertificateText.read(text, password, "lockstep.entra.certificate"))
                .withMessageStartingWith("lockstep.entra.certificate")
                .withMessageContaining(why)
                .withMessageNotContaining("MII");
    }

    /** Certificate and key; of "RSA PRIVATE KEY" only the inside of PKCS8 is left, which is PKCS1. */
    static String pem(LocalAuthority.Identity identity, String keyForm) throws GeneralSecurityException {
        byte[] key = identity.key().getEncoded();
        byte[] body = keyForm.startsWith("RSA") ? Arrays.copyOfRange(key, 26, key.length) : key;
        return block(keyForm, body)
                + block("CERTIFICATE", identity.certificate().getEncoded());
    }

    private static String block(String name, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + name + "-----\n" + body + "\n-----END " + name + "-----\n";
    }
}
