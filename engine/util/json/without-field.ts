import type { JsonObject } from './json.ts';
import { copyFields } from './set-field.ts';

/**
 * Makes copies of objects without one of their fields. `delete` makes a hash table of an object, which is slow to read, to copy
 * and to print. Records of a stream mostly have the same names, so a copy begins as an object that has them already.
 */
export function withoutField(name: string): (object: JsonObject) => JsonObject {
  /** The names of the object before. */
  let names: readonly string[] = [];
  /** With all of them but one, each null; undefined when the names have come only once. */
  let blank: JsonObject | undefined;

  return (object) => {
    const isAlike = hasNames(object, names);
    if (!isAlike) {
      names = Object.keys(object);
      blank = undefined;
    } else if (!names.includes('__proto__')) {
      blank ??= blankOf(names.filter((each) => each !== name));
    }
    // `{...}` gives the copy the hidden class of the blank; no field is added to it.
    const copy = blank === undefined ? copyFields(object) : { ...blank };
    if (blank === undefined) delete copy[name];
    else for (const each of names) if (each !== name) copy[each] = object[each];
    return copy;
  };
}

function hasNames(object: JsonObject, names: readonly string[]): boolean {
  let at = 0;
  for (const name in object) if (name !== names[at++]) return false;
  return at === names.length;
}

/** By the parser, because what is made field by field is a hash table too. */
function blankOf(names: readonly string[]): JsonObject {
  return JSON.parse(`{${names.map((name) => `${JSON.stringify(name)}:null`).join()}}`) as JsonObject;
}
