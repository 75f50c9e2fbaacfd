/** Ms between two lines. */
const PERIOD = 10_000;

/** How a whole run stands, every ten seconds, where no terminal shows it anyway. A reporter of Vitest. */
export class Progress {
  #files = 0;
  #done = 0;
  #passed = 0;
  #failed = 0;
  #began = 0;
  #timer;

  onTestRunStart(files) {
    this.#files = files.length;
    this.#began = performance.now();
    if (process.stdout.isTTY || files.length < 20) return;
    this.#timer = setInterval(() => this.#tell(), PERIOD);
    this.#timer.unref();
  }

  onTestCaseResult(test) {
    const { state } = test.result();
    if (state === "passed") this.#passed++;
    if (state === "failed") this.#failed++;
  }

  onTestModuleEnd() {
    this.#done++;
  }

  onTestRunEnd() {
    clearInterval(this.#timer);
  }

  #tell() {
    const seconds = ((performance.now() - this.#began) / 1_000).toFixed(0);
    const tests = `${this.#passed} tests passed, ${this.#failed} failed`;
    console.log(` … ${this.#done} of ${this.#files} files, ${tests}, ${seconds} s`);
  }
}
