import { Command, CommanderError, Help } from "commander";
import { addCommands } from "./commands/all.ts";
import { CommandError, EXIT } from "./exit.ts";
import type { Terminal } from "./terminal.ts";
import { visibleLines } from "./visible-text.ts";
import { VERSION } from "./version.ts";

/**
 * Runs a command line.
 *
 * @returns the exit status; see exit.ts
 */
export async function run(words: readonly string[], terminal: Terminal): Promise<number> {
  const program = createProgram(terminal);
  let status: number = EXIT.done;
  addCommands(program, { terminal, exit: (code) => (status = code) });
  try {
    await program.parseAsync([...words], { from: "user" });
    return status;
  } catch (error) {
    // What to say was said by the parser itself.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (!(error instanceof CommandError)) {
      // A fault of ours, or a page that answers what nobody could expect. It may quote the page.
      terminal.note(
        `${terminal.colors.red("macho:")} ${visibleLines(String((error as Error | null)?.stack ?? error))}`,
      );
      return EXIT.lost;
    }
    terminal.note(`${terminal.colors.red("macho:")} ${error.message}`);
    return error.exit;
  }
}

/** What the parser says by itself. */
const usual = new Help();

/** The program without its commands. */
function createProgram(terminal: Terminal): Command {
  return new Command("macho")
    .description("Looks into the caches of a running page or server: why a key is missing, and what to change.")
    .version(VERSION)
    .option("--no-color", "writes without colours, as with NO_COLOR")
    .configureOutput({
      writeOut: (text) => terminal.say(text.trimEnd()),
      writeErr: (text) => terminal.note(text.trimEnd()),
      getOutHelpWidth: () => terminal.columns,
      getErrHelpWidth: () => terminal.columns,
      // Whatever is wrong, it is the same program that says so.
      outputError: (text, write) => write(text.replace(/^error: /, `${terminal.colors.red("macho:")} `)),
    })
    .configureHelp({ optionDescription: (option) => usual.optionDescription(option).replace(' (default: "")', "") })
    .showSuggestionAfterError()
    .showHelpAfterError("(macho --help lists the commands)")
    .exitOverride()
    .enablePositionalOptions();
}
