// Imports an entry of the package in a program of its own, and prints what the import did to the host beside that.
// Arguments: the path of the entry's file.

const PROTOTYPES = [
  Object,
  Function,
  Array,
  Map,
  Set,
  WeakMap,
  Promise,
  String,
  Number,
  Error,
  EventTarget,
  AbortSignal,
];
const CALLS = {
  "": ["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "fetch", "addEventListener", "structuredClone"],
  performance: ["now", "mark"],
  Date: ["now"],
  Math: ["random"],
  console: ["log", "info", "warn", "error", "debug"],
  document: ["addEventListener", "createElement", "querySelector"],
  localStorage: ["getItem", "setItem"],
  indexedDB: ["open"],
};
const seen = [];

// What a page has and Node has not.
Object.assign(globalThis, { window: globalThis, document: {}, indexedDB: {}, addEventListener: () => undefined });
Object.defineProperty(globalThis, "localStorage", { value: {}, configurable: true });
Object.assign(globalThis, {
  BroadcastChannel: function Channel() {
    seen.push("new BroadcastChannel");
  },
});

for (const [of, names] of Object.entries(CALLS)) {
  const target = of === "" ? globalThis : globalThis[of];
  for (const name of names) {
    const own = target[name];
    target[name] = (...args) => {
      seen.push(`${of}.${name}()`);
      return own?.apply(target, args);
    };
  }
}

/** Names that are there, and what they are. */
const properties = (target) =>
  Reflect.ownKeys(target).map((key) => [target, key, Object.getOwnPropertyDescriptor(target, key)]);
const all = () => [globalThis, ...PROTOTYPES, ...PROTOTYPES.map((each) => each.prototype)].flatMap(properties);
const isSame = (one, other) =>
  Object.is(one?.value, other?.value) && one?.get === other?.get && one?.set === other?.set;

const before = all();
await import(process.argv[2]);
// Before the next task: Node's own loader uses timers.
const calls = [...seen];
const names = new Map();
for (const [target, key, descriptor] of before) {
  if (!names.has(target)) names.set(target, new Map());
  names.get(target).set(key, descriptor);
}
const changed = all().filter(([target, key, descriptor]) => !isSame(names.get(target)?.get(key), descriptor));
const gone = before.filter(([target, key]) => !Object.hasOwn(target, key));
process.stdout.write(JSON.stringify([...calls, ...[...changed, ...gone].map(([, key]) => `property ${String(key)}`)]));
