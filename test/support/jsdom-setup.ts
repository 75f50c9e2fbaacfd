import { configure } from "@testing-library/react";

// `findBy` and `waitFor` give up after a second by default; a busy machine takes longer.
configure({ asyncUtilTimeout: 20_000 });
