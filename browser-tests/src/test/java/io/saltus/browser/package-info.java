/**
 * The dashboard as people meet it: Debian's Chromium, driven by Playwright, on a server in a
 * process of its own and on runs that were really trained.
 */
package io.saltus.browser;
