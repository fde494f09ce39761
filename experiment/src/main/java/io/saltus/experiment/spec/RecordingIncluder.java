package io.saltus.experiment.spec;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import java.io.File;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads nothing: notes what a text wants to include, and of what form. All four doors of the
 * library are implemented, because it opens by itself each one that is not.
 */
final class RecordingIncluder
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {

  /**
   * One include statement.
   *
   * @param name as written
   * @param form empty for a plain name, else {@code file}, {@code url} or {@code classpath}
   */
  record Wanted(String name, String form) {}

  private final List<Wanted> wanted = new ArrayList<>();

  List<Wanted> wanted() {
    return wanted;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    return note(what, "");
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return note(what.getPath(), "file");
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    return note(what.toString(), "url");
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    return note(what, "classpath");
  }

  private ConfigObject note(String name, String form) {
    wanted.add(new Wanted(name, form));
    return ConfigFactory.empty().root();
  }
}
