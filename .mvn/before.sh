# Sourced by mvnw before anything else. Maven must run on a JDK that can build Lockstep; where JAVA_HOME, or else the
# java on PATH, is none, the newest in the usual places is taken. MVNW_ROOT is put before those places by their test.

jdk_needed=21

# The feature version of the java command $1, 0 where there is none or no compiler ($2) beside it.
jdk_version() {
  [ -x "$1" ] && [ -x "$2" ] || { echo 0; return; }
  jdk_v=$("$1" -version 2>&1 | sed -n 's/.* version "\(1\.\)\{0,1\}\([0-9][0-9]*\).*/\2/p' | head -n 1)
  echo "${jdk_v:-0}"
}

if [ -n "${JAVA_HOME-}" ]; then
  jdk_given="JAVA_HOME ($JAVA_HOME)"
  jdk_best=$(jdk_version "$JAVA_HOME/bin/java" "$JAVA_HOME/bin/javac")
else
  jdk_given='java on PATH'
  jdk_best=$(jdk_version "$(command -v java)" "$(command -v javac)")
fi

if [ "$jdk_best" -lt "$jdk_needed" ]; then
  case $jdk_best in 0) jdk_given="$jdk_given is no JDK" ;; *) jdk_given="$jdk_given is JDK $jdk_best" ;; esac
  jdk_home=
  for jdk_dir in "${MVNW_ROOT-}"/usr/lib/jvm/* "${MVNW_ROOT-}"/usr/java/* "${MVNW_ROOT-}"/opt/* "${MVNW_ROOT-}"/opt/java/* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* \
    "$HOME"/.local/share/mise/installs/java/* \
    "${MVNW_ROOT-}"/Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${MVNW_ROOT-}"/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${MVNW_ROOT-}"/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${MVNW_ROOT-}"/home/linuxbrew/.linuxbrew/opt/openjdk*/libexec; do
    jdk_found=$(jdk_version "$jdk_dir/bin/java" "$jdk_dir/bin/javac")
    if [ "$jdk_found" -gt "$jdk_best" ] && [ "$jdk_found" -ge "$jdk_needed" ]; then
      jdk_best=$jdk_found jdk_home=$jdk_dir
    fi
  done
  if [ -z "$jdk_home" ]; then
    {
      echo "Lockstep needs a JDK $jdk_needed or newer. $jdk_given, and there is no newer one in the usual places."
      echo "Install one, for example from https://adoptium.net/temurin/releases, or by 'sdk install java',"
      echo "'brew install openjdk' or 'apt install openjdk-$jdk_needed-jdk', or set JAVA_HOME to where yours is."
    } >&2
    exit 1
  fi
  echo "mvnw: $jdk_given; taking JDK $jdk_best in $jdk_home" >&2
  JAVA_HOME=$jdk_home
  export JAVA_HOME
fi

# The laptop world's output is what one wants to see, not Maven's.
case " $* " in
*' -Plocal '* | *' -P local '*)
  [ -d "$(dirname "$0")/target/local" ] || echo 'mvnw: building the laptop world; the first time takes minutes' >&2
  set -- -q "$@"
  ;;
esac
