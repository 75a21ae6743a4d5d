package dev.lockstep.check;

/**
 * What a check of the installation found.
 *
 * @param detail in words
 * @param fix what an administrator can do; blank where nothing has to be done
 */
public record Finding(Grade grade, String detail, String fix) {
    /** How bad it is. */
    public enum Grade {
        OK("ok"),
        /** It works, but not as well as it should, or not for everybody. */
        WARNING("warning"),
        FAILED("failed"),
        /** It could not be checked, or is not used. */
        SKIPPED("skipped");

        private final String label;

        Grade(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    public static Finding ok(String detail) {
        return new Finding(Grade.OK, detail, "");
    }

    public static Finding warning(String detail, String fix) {
        return new Finding(Grade.WARNING, detail, fix);
    }

    public static Finding failed(String detail, String fix) {
        return new Finding(Grade.FAILED, detail, fix);
    }

    public static Finding skipped(String detail, String fix) {
        return new Finding(Grade.SKIPPED, detail, fix);
    }
}
