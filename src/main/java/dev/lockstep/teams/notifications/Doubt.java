package dev.lockstep.teams.notifications;

/** Why an item of a notification, or all of them, are passed over. */
enum Doubt {
    CLIENT_STATE,
    VALIDATION_TOKEN,
    UNKNOWN_CERTIFICATE,
    NOT_DECRYPTED,
    NOT_A_PRESENCE,
    UNKNOWN_EVENT
}
