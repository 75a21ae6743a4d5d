package dev.lockstep.platform;

/** Is told what platforms say that is left. It must cost nothing: it is told in the way of every call. */
public interface QuotaWatch {
    /** @param budget as {@link Shares#budget} names it */
    void left(String budget, QuotaLeft left);
}
