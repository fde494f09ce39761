/** The command line: one class per subcommand, and the entry point of the process. */
@NullMarked
package io.saltus.app.cli;

import org.jspecify.annotations.NullMarked;
