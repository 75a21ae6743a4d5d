package dev.lockstep.board;

/** Puts text into HTML. Everything that is shown goes through here: names and reasons come from elsewhere. */
final class Html {
    private Html() {}

    /** Safe between tags and inside quoted attributes (OWASP, cross-site scripting prevention, rules 1 and 2). */
    static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            switch (next) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(Character.isISOControl(next) ? ' ' : next);
            }
        }
        return out.toString();
    }
}
