/**
 * What each platform calls a status, both ways.
 *
 * <p>A mapping is made of layers: what ships, the installation's {@code default} document and a {@code team#…}
 * document, each laid over the wider one key by key. {@code docs/mapping.md} shows the form.
 */
package dev.lockstep.mapping;
