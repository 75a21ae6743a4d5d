package dev.lockstep.platform;

/** Is told what platforms say that is left. It must cost nothing: it is told in the way of every call. */
public interface QuotaWatch {
    void left(String platform, QuotaLeft left);
}
