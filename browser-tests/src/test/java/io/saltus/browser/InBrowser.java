package io.saltus.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test in a browser. Where there is none it is skipped, saying what to install; with {@code
 * SALTUS_BROWSER_TESTS=required} in the environment it fails instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("browser")
@Timeout(300)
@ExtendWith({Chromium.class, Scene.class})
@interface InBrowser {}
