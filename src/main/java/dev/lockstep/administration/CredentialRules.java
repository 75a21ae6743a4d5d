package dev.lockstep.administration;

import dev.lockstep.configured.ConnectionSystem;
import dev.lockstep.configured.StoredSecrets;
import dev.lockstep.document.Diagnostics;
import dev.lockstep.protocol.signature.SigningKey;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What tokens and secrets must be like. None of their text ever gets into a message.
 *
 * @param inlineAllowed whether the values themselves may be given; on a laptop only
 */
record CredentialRules(boolean inlineAllowed, Diagnostics mistakes, Diagnostics warnings) {
    /** What an export shows in place of a value; given back, it keeps the value that is stored. */
    static final String NOT_SHOWN = "(inline, not shown)";

    private static final int MAX_CREDENTIALS = 2;
    private static final int MIN_TOKEN_CHARACTERS = 16;

    /** Standard Webhooks asks for 24 to 64 random bytes (standardwebhooks.com, "Signature scheme"). */
    private static final int MIN_KEY_BYTES = 24;

    private static final int MAX_KEY_BYTES = 64;
    private static final String KEY_PREFIX = "whsec_";
    private static final Pattern ARN = Pattern.compile("arn:[a-z0-9-]+:secretsmanager:[a-z0-9-]+:\\d{12}:secret:\\S+");
    private static final Pattern PLAIN_IN_URL = Pattern.compile("[A-Za-z0-9._~-]+");

    /** Keys that stand in public documentation: whoever reads it can sign with them. */
    private static final Set<String> PUBLISHED = Set.of(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
            "whsec_plJ3nmyCDGBKInavdOK15jsl",
            "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

    void check(ConnectionSystem.Credential kind, List<LocatedText> all, EntryReader form) {
        if (all.size() > MAX_CREDENTIALS) {
            all.get(MAX_CREDENTIALS)
                    .tell(
                            mistakes,
                            "at most two " + kind.field()
                                    + " hold at a time: the old one and the new one; take the others out");
        }
        for (LocatedText given : all) {
            check(kind, given);
        }
        if (all.isEmpty()) {
            String name = kind.field().substring(0, kind.field().length() - 1);
            form.mistake(kind.field(), "at least one " + name + " is needed; add it");
        }
    }

    private void check(ConnectionSystem.Credential kind, LocatedText given) {
        String text = given.text();
        if (text.isBlank()) {
            given.tell(mistakes, "this is blank; give a value, or the ARN of a stored one");
        } else if (StoredSecrets.isReference(text)) {
            checkReference(given);
        } else if (inlineAllowed) {
            checkValue(kind, given);
        } else {
            given.tell(mistakes, refusal(text));
        }
    }

    private void checkReference(LocatedText given) {
        if (!ARN.matcher(given.text()).matches()) {
            given.tell(
                    mistakes,
                    "this is no ARN of a Secrets Manager secret; give arn:aws:secretsmanager:<region>:<account>:secret:<name>");
        }
    }

    private static String refusal(String text) {
        String why = PUBLISHED.contains(text)
                ? "this secret stands in public documentation, anybody can sign with it; make a random one, store it"
                : "a value may not be given here, where others can read it; store it";
        return why + " in Secrets Manager and give its ARN";
    }

    private void checkValue(ConnectionSystem.Credential kind, LocatedText given) {
        switch (kind) {
            case TOKENS -> checkToken(given);
            case SECRETS -> checkKey(given);
        }
    }

    private void checkToken(LocatedText given) {
        if (given.text().length() < MIN_TOKEN_CHARACTERS) {
            given.tell(
                    warnings,
                    "a token under " + MIN_TOKEN_CHARACTERS + " characters can be guessed; take a longer one");
        }
        if (!PLAIN_IN_URL.matcher(given.text()).matches()) {
            given.tell(
                    warnings,
                    "the token has characters that must be escaped in a phone's URL; letters, digits, "
                            + "hyphens and dots need not");
        }
    }

    private void checkKey(LocatedText given) {
        int bytes = bytesOf(given.text());
        if (bytes < 1) {
            given.tell(
                    mistakes,
                    "a signing secret is whsec_ and the base64 of 24 to 64 random bytes; make one with: "
                            + "echo whsec_$(openssl rand -base64 32)");
        } else if (bytes < MIN_KEY_BYTES || bytes > MAX_KEY_BYTES) {
            given.tell(warnings, "the secret has " + bytes + " bytes; Standard Webhooks asks for 24 to 64");
        }
        if (SigningKey.looksLikeHex(given.text())) {
            given.tell(
                    warnings,
                    "the secret looks like hexadecimal digits and is read as base64; if the sender signs with other bytes, give whsec_ "
                            + "and the base64 of those that it signs with");
        }
        if (PUBLISHED.contains(given.text())) {
            given.tell(warnings, "this secret stands in public documentation; never use it outside a laptop");
        }
    }

    /** Of stored secrets the references only; whether two hold one value, the doctor sees, who may read them. */
    static boolean areSame(String one, String other) {
        if (one.equals(other) || StoredSecrets.isReference(one) || StoredSecrets.isReference(other)) {
            return one.equals(other);
        }
        try {
            return SigningKey.of(one).isSameAs(SigningKey.of(other));
        } catch (IllegalArgumentException broken) {
            return false;
        }
    }

    private static int bytesOf(String secret) {
        try {
            return secret.contains(KEY_PREFIX) ? SigningKey.of(secret).length() : 0;
        } catch (IllegalArgumentException broken) {
            return 0;
        }
    }
}
