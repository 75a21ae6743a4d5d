package dev.lockstep.configured;

import dev.lockstep.concurrent.Lazy;
import dev.lockstep.platform.PlatformException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/** AWS Secrets Manager (GetSecretValue, PutSecretValue, docs.aws.amazon.com/secretsmanager/latest/apireference). */
@Singleton
public final class SecretsManagerVault implements StoredSecrets.Vault, SecretWriter {
    /** What only an administrator can heal. */
    private static final Set<String> REFUSALS = Set.of(
            "ResourceNotFoundException",
            "AccessDeniedException",
            "DecryptionFailure",
            "InvalidRequestException",
            "InvalidParameterException",
            "ValidationException",
            "UnrecognizedClientException",
            "InvalidSignatureException");

    private final Supplier<SecretsManagerClient> client;

    @Inject
    SecretsManagerVault(ConfigSettings settings) {
        this(new Lazy<>(() -> builder(settings).build()));
    }

    /** @param client asked for when the first secret is: most functions on a laptop never need one */
    public SecretsManagerVault(Supplier<SecretsManagerClient> client) {
        this.client = client;
    }

    @Override
    public String read(String arn) {
        return value(arn, asked(arn, "read", secrets -> secrets.getSecretValue(get -> get.secretId(arn))));
    }

    @Override
    public void replace(String reference, String used, String value) {
        if (StoredSecrets.isReference(reference) && read(reference).equals(used)) {
            asked(
                    reference,
                    "written",
                    secrets -> secrets.putSecretValue(
                            put -> put.secretId(reference).secretString(value)));
        }
    }

    private <T> T asked(String arn, String done, Function<SecretsManagerClient, T> question) {
        if (!arn.contains(":secretsmanager:")) {
            throw new PlatformException.PermissionMissing(arn + " is no secret of Secrets Manager; give one's ARN");
        }
        try {
            return question.apply(client.get());
        } catch (AwsServiceException refused) {
            throw explained(arn, done, refused);
        } catch (SdkException silent) {
            throw new PlatformException.Unreachable("Secrets Manager did not answer", silent);
        }
    }

    private static String value(String arn, GetSecretValueResponse answer) {
        if (answer.secretString() == null || answer.secretString().isBlank()) {
            throw new PlatformException.PermissionMissing("the secret " + arn + " holds no text; put one into it");
        }
        return answer.secretString().strip();
    }

    private static PlatformException explained(String arn, String done, AwsServiceException refused) {
        String code = refused.awsErrorDetails() == null
                ? ""
                : refused.awsErrorDetails().errorCode();
        return REFUSALS.contains(code)
                ? new PlatformException.PermissionMissing("the secret " + arn + " cannot be " + done + " (" + code
                        + "); check that it exists and that the function's role may do so, its key included")
                : new PlatformException.Unreachable("Secrets Manager answered " + refused.statusCode(), refused);
    }

    static SecretsManagerClientBuilder builder(ConfigSettings settings) {
        SecretsManagerClientBuilder builder = SecretsManagerClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(settings.secretsTimeout())
                        .socketTimeout(settings.secretsTimeout()))
                .overrideConfiguration(calls -> calls.apiCallTimeout(settings.secretsTimeout())
                        .apiCallAttemptTimeout(settings.secretsTimeout()));
        settings.secretsEndpoint().ifPresent(builder::endpointOverride);
        return builder;
    }
}
