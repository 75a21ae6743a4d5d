package dev.lockstep.config;

import dev.lockstep.platform.PlatformException;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/** AWS Secrets Manager (GetSecretValue, docs.aws.amazon.com/secretsmanager/latest/apireference). */
final class SecretsManagerVault implements StoredSecrets.Vault {
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

    /** @param client asked for when the first secret is: most functions on a laptop never need one */
    SecretsManagerVault(Supplier<SecretsManagerClient> client) {
        this.client = client;
    }

    @Override
    public String read(String arn) {
        if (!arn.contains(":secretsmanager:")) {
            throw new PlatformException.PermissionMissing(arn + " is no secret of Secrets Manager; give one's ARN");
        }
        try {
            return value(arn, client.get().getSecretValue(get -> get.secretId(arn)));
        } catch (AwsServiceException refused) {
            throw explained(arn, refused);
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

    private static PlatformException explained(String arn, AwsServiceException refused) {
        String code = refused.awsErrorDetails() == null
                ? ""
                : refused.awsErrorDetails().errorCode();
        return REFUSALS.contains(code)
                ? new PlatformException.PermissionMissing("the secret " + arn + " cannot be read (" + code
                        + "); check that it exists and that the function's role may read and decrypt it")
                : new PlatformException.Unreachable("Secrets Manager answered " + refused.statusCode(), refused);
    }
}
