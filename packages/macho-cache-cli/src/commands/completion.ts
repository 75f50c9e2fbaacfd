import { Argument, Command } from "commander";
import type { CommandContext } from "./command-context.ts";

const EXAMPLES = `
Examples:
  bash: source <(macho completion bash)     (in ~/.bashrc)
  zsh:  source <(macho completion zsh)      (in ~/.zshrc, after compinit)`;

type AddCommands = (program: Command, context: CommandContext) => void;

/** `macho completion`: has a shell complete commands, options, and names of the caches that are running. */
export function addCompletion(program: Command, context: CommandContext, addOthers: AddCommands): void {
  program
    .command("completion")
    .description("prints what has a shell complete commands, options and names of caches")
    .addArgument(new Argument("<shell>", "which shell").choices(["bash", "zsh"]))
    .option("--no-color", "writes without colours, as with NO_COLOR")
    .addHelpText("after", EXAMPLES)
    .action(async (shell: "bash" | "zsh") => {
      const { sayScript } = await import("./completion-run.ts");
      sayScript(shell);
    });
  // What the script calls: macho complete -- WORDS.
  program
    .command("complete", { hidden: true })
    .argument("[words...]")
    .action(async (words: string[]) => {
      const { sayCompletions } = await import("./completion-run.ts");
      const all = new Command("macho");
      addOthers(all, context);
      await sayCompletions(all, words, context.terminal);
    });
}
