package dev.lockstep.configured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lockstep.Defaults;
import dev.lockstep.platform.PlatformException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Against a server that answers as Secrets Manager does: JSON over HTTP, errors by {@code __type}. */
class SecretsManagerVaultTest {
    private static final String ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:desk-AbCdEf";

    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;
    private SecretsManagerClient client;
    private SecretsManagerVault vault;
    private String asked = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        client = SecretsManagerVault.builder(settings(endpoint))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .build();
        vault = new SecretsManagerVault(() -> client);
    }

    @AfterEach
    void stop() {
        end.countDown();
        client.close();
        server.stop(0);
    }

    private static ConfigSettings settings(URI endpoint) {
        return Defaults.of(
                ConfigSettings.class,
                Map.of(
                        "lockstep.config.secrets-endpoint",
                        endpoint.toString(),
                        "lockstep.config.secrets-timeout",
                        "6s"));
    }

    private void answers(int status, String body) {
        server.createContext("/", exchange -> {
            asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            answer(exchange, status, body);
        });
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void theSecretIsAskedForByItsArn() {
        answers(200, "{\"ARN\":\"" + ARN + "\",\"SecretString\":\" s3cret \\n\"}");
        assertThat(vault.read(ARN)).isEqualTo("s3cret");
        assertThat(asked).contains(ARN);
    }

    @Test
    void aSecretThatDoesNotExistOrMayNotBeReadNeedsAnAdministrator() {
        answers(400, "{\"__type\":\"ResourceNotFoundException\",\"Message\":\"no\"}");
        assertThatThrownBy(() -> vault.read(ARN))
                .isInstanceOf(PlatformException.PermissionMissing.class)
                .hasMessageContaining("ResourceNotFoundException");
        server.removeContext("/");
        answers(400, "{\"__type\":\"AccessDeniedException\",\"Message\":\"no\"}");
        assertThatThrownBy(() -> vault.read(ARN)).isInstanceOf(PlatformException.PermissionMissing.class);
    }

    @Test
    void aSecretIsReplacedWhereItIsStoredAndNowhereElse() {
        answers(200, "{\"ARN\":\"" + ARN + "\",\"SecretString\":\"the old one\",\"VersionId\":\"v2\"}");
        vault.replace("an inline value", "an inline value", "the next one");
        assertThat(asked).isEmpty();
        vault.replace(ARN, "the old one", "the next one");
        assertThat(asked).contains("\"SecretId\":\"" + ARN + "\"", "\"SecretString\":\"the next one\"");
        server.removeContext("/");
        answers(400, "{\"__type\":\"AccessDeniedException\",\"Message\":\"no\"}");
        assertThatThrownBy(() -> vault.replace(ARN, "the old one", "the next one"))
                .isInstanceOf(PlatformException.PermissionMissing.class)
                .hasMessageContaining("cannot be")
                .hasMessageNotContaining("one");
    }

    @Test
    void whatAnAdministratorPutThereMeanwhileStays() {
        answers(200, "{\"ARN\":\"" + ARN + "\",\"SecretString\":\"an administrator's\"}");

        vault.replace(ARN, "the old one", "the next one");

        assertThat(asked).doesNotContain("SecretString");
    }

    @Test
    void aSecretWithoutTextNeedsAnAdministrator() {
        answers(200, "{\"ARN\":\"" + ARN + "\",\"SecretBinary\":\"AAAA\"}");
        assertThatThrownBy(() -> vault.read(ARN))
                .isInstanceOf(PlatformException.PermissionMissing.class)
                .hasMessageContaining("holds no text");
    }

    @Test
    void troubleOfTheSecretStoreIsNoRefusal() {
        answers(500, "{\"__type\":\"InternalServiceError\"}");
        assertThatThrownBy(() -> vault.read(ARN)).isInstanceOf(PlatformException.Unreachable.class);
    }

    @Test
    void silenceEndsInTime() {
        server.createContext("/", exchange -> {
            try {
                end.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        long start = System.nanoTime();
        assertThatThrownBy(() -> vault.read(ARN)).isInstanceOf(PlatformException.Unreachable.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void onlySecretsOfSecretsManagerAreRead() {
        assertThatThrownBy(() -> vault.read("arn:aws:ssm:eu-central-1:123456789012:parameter/x"))
                .isInstanceOf(PlatformException.PermissionMissing.class);
        assertThat(asked).isEmpty();
    }
}
