/** What is not written as it is. By code units: also half of a pair has a name. */
const SPECIAL = /[^0-9A-Za-z-]/g;
const CODE = /_([0-9a-z]+)_/g;

/**
 * A text as a name that every storage keeps as it is: different for different texts, and beginning alike for texts that
 * begin alike. `["film",1]` becomes `_2j__y_film_y__18_1_2l_`.
 */
export function idOf(text: string): string {
  return text.replace(SPECIAL, (unit) => `_${unit.charCodeAt(0).toString(36)}_`);
}

/** The text of a name. */
export function textOfId(id: string): string {
  return id.replace(CODE, (_, code: string) => String.fromCharCode(parseInt(code, 36)));
}

/** What the ids of a scope begin with. */
export function prefixOf(scope: string): string {
  return `macho.${idOf(scope)}.`;
}

/** What the ids of this one's scope begin with: `prefixOf` the scope. Names have no dot. */
export function prefixOfId(id: string): string {
  return id.slice(0, id.lastIndexOf(".") + 1);
}
