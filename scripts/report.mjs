import { JsonReporter } from "vitest/node";

const textOf = (error) => error.stack ?? error.message ?? String(error);

/** A reporter of Vitest: its JSON, with the project of each file, all errors of a file, and those outside of tests. */
export class Report extends JsonReporter {
  #modules = [];
  #errors = [];

  async onTestRunEnd(modules, errors) {
    this.#modules = modules;
    this.#errors = errors;
    await super.onTestRunEnd(modules);
  }

  async writeReport(report) {
    const told = JSON.parse(report);
    // The results are in the order of the modules.
    const testResults = told.testResults.map((result, index) => ({
      ...result,
      project: this.#modules[index].project.name,
      errors: this.#modules[index].errors().map(textOf),
    }));
    await super.writeReport(JSON.stringify({ ...told, testResults, unhandledErrors: this.#errors.map(textOf) }));
  }
}
