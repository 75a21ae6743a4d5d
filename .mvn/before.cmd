@REM Called by mvnw.cmd before anything else. Maven must run on a JDK 21 or newer: JAVA_HOME, or else the last one found in
@REM the usual folders, or else the java on PATH. A JDK says its version in its file "release".
@IF DEFINED JAVA_HOME CALL :fits "%JAVA_HOME%" && EXIT /B 0
@SET "__FOUND="
@FOR /D %%D IN ("%ProgramFiles%\Java\jdk*" "%ProgramFiles%\Zulu\zulu*" "%ProgramFiles%\Amazon Corretto\jdk*" "%ProgramFiles%\Microsoft\jdk*" "%ProgramFiles%\Eclipse Adoptium\jdk*" "%USERPROFILE%\.jdks\*") DO @CALL :fits "%%~D" && SET "__FOUND=%%~D"
@IF DEFINED __FOUND (
  SET "JAVA_HOME=%__FOUND%"
  ECHO mvnw: taking the JDK in %__FOUND%>&2
  EXIT /B 0
)
@IF NOT DEFINED JAVA_HOME java -version 2>&1 | FINDSTR /R /C:"version .2[1-9]" /C:"version .[3-9][0-9]" >NUL && EXIT /B 0
@ECHO Lockstep needs a JDK 21 or newer, and none was found. Install one, for example from>&2
@ECHO https://adoptium.net/temurin/releases, or set JAVA_HOME to where yours is.>&2
@EXIT /B 1

:fits
@FINDSTR /R /C:"^JAVA_VERSION=.2[1-9]" /C:"^JAVA_VERSION=.[3-9][0-9]" "%~1\release" >NUL 2>&1
@EXIT /B %ERRORLEVEL%
