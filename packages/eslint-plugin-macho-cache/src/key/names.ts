// What the name of a variable says of it, where nothing else does. A report that is wrong costs more than a miss.

/** Secrets are no part of a key: a key is shown in the panel, and may be stored. */
const SECRET =
  /^(access|api|auth|bearer|csrf|id|jwt|refresh|session)?_?(token|jwt)$|secret|password|credential|api_?key/i;
/** Things that do something: no key can hold them. */
const SERVICE =
  /(client|api|service|router|navigate|logger|database|sdk|http|axios|supabase|firebase|controller|dispatch|socket|worker|cache|signal|promise|i18n|Ref)$|^(db|ky|ref)$/;
const CALLED =
  /^(on|handle|set|get|fetch|load)[A-Z]|^(t|fn|callback|fetcher|loader)$|(Fn|Callback|Handler|Fetcher|Loader)$/;
/** The last word of a name such as `apiClient`. */
const LAST_WORD = /[A-Z][a-z0-9]+$/;
/** A part that names the whole: `user.id` stands for `user`. */
const IDENTITY = /^(id|key|uuid|slug|hash)$|(Id|ID|Key)$/;
/** Objects that are bundles of values: `props.id` says nothing of `props.lang`. */
const BUNDLE = /^(args|filters?|input|options|params|props|query|search|searchParams|settings|variables)$/i;

/** Whether a key has no place for a value of this name. */
export function isNoKeyPart(name: string): boolean {
  const last = LAST_WORD.exec(name)?.[0].toLowerCase() ?? name;
  return SECRET.test(name) || SERVICE.test(name) || SERVICE.test(last) || CALLED.test(name);
}

export function isIdentity(name: string): boolean {
  return IDENTITY.test(name);
}

export function isBundle(name: string): boolean {
  return BUNDLE.test(name);
}

/** Methods by which values give other values: what has them is a value, and not a service. */
export const VALUE_METHODS: ReadonlySet<string> = new Set(
  `at charAt concat endsWith entries every filter find flat flatMap getTime includes indexOf join keys map padEnd
  padStart reduce repeat replace replaceAll reverse slice some sort split startsWith substring toFixed toISOString
  toJSON toLocaleDateString toLocaleLowerCase toLocaleString toLocaleUpperCase toLowerCase toReversed toSorted toString
  toUpperCase trim trimEnd trimStart values valueOf`.match(/\w+/g),
);
