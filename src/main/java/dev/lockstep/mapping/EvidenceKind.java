package dev.lockstep.mapping;

/** What a status that a platform shows is evidence of. */
public enum EvidenceKind {
    /** It is so, whether the person likes it or not: a call, a meeting. */
    FACT,
    /** The person picked it. */
    CHOICE,
    /** It says nothing about the agent: an idle screen, a closed client. */
    IGNORE
}
