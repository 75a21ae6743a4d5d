/**
 * What an installation is told when it starts, as far as it concerns everybody. Each room declares its own settings
 * beside the code that reads them.
 *
 * <p>Begin at {@link LockstepSettings}; {@link SettingsCheck} refuses to start with a setting that nobody knows.
 */
package dev.lockstep.settings;
