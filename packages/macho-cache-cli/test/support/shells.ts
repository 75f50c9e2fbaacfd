import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const BASH_COMPLETION = [
  "/usr/share/bash-completion/bash_completion",
  "/opt/homebrew/etc/profile.d/bash_completion.sh",
  "/usr/local/etc/profile.d/bash_completion.sh",
];
const ZSH = ["/usr/bin/zsh", "/bin/zsh"];

const found = (places: readonly string[]): string | undefined => places.find((place) => existsSync(place));

/** Where zsh and the completion of bash are. Installs Debian's where they are missing; asks for them otherwise. */
export function ensureShells(): { readonly zsh: string; readonly bashCompletion: string } {
  if (!found(ZSH) || !found(BASH_COMPLETION)) install();
  const [zsh, bashCompletion] = [found(ZSH), found(BASH_COMPLETION)];
  if (zsh && bashCompletion) return { zsh, bashCompletion };
  throw new Error(
    "zsh and bash-completion are needed: the test completes words in both. Install them (Debian: sudo apt-get install -y zsh bash-completion).",
  );
}

function install(): void {
  if (!existsSync("/usr/bin/apt-get") || process.getuid?.() !== 0) return;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["update", "-qq"], { env });
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "zsh", "bash-completion"], { env });
}
