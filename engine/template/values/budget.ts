import { PythonError } from '../../time/python-error.ts';

/**
 * What one evaluation may spend. The unit of work is a character read or written, or an item looked at: some nanoseconds,
 * so that no template holds a process for much longer than a second, whatever its author or the data wanted.
 */
export const limits = Object.freeze({
  work: 50_000_000,
  /** Macros and recursive loops inside of one another. */
  depth: 200,
  /** Items of one list. */
  items: 1_000_000,
});

/** What costs more than a look at it, in units of work. */
export const costs = Object.freeze({
  /** An item that is looked at or compared. */
  look: 4,
  /** A call of a filter, a test, a method or a function. */
  call: 40,
  /** A call of a function of the language, most of which read or write a date. */
  function: 1000,
  /** A character of a format of dates. */
  format: 100,
  /** A call of a macro: a scope, its names, and a text. */
  macro: 400,
  /** A lookup that finds nothing, and says so in words. */
  missing: 500,
  /** A round of a loop. */
  round: 16,
  /** An item that is written into a list: memory, not only time. */
  item: 8,
  /** An entry of a dict that is read into a list, to be looked at or counted. */
  listed: 12,
  /** A character of a pattern that is compiled. */
  pattern: 200,
  /** An entry that is written into a dict. */
  entry: 64,
});

/** Texts are compared some sixteen characters at a time: a shift of their length. */
export const comparedAtOnce = 4;

export class Budget {
  private left: number;

  constructor(work: number) {
    this.left = work;
  }

  /** Throws when nothing is left; from then on always. */
  spend(work: number): void {
    this.left -= work;
    if (this.left < 0) {
      throw new PythonError(
        'the template works too much: it loops too often, or over texts and lists that are too long',
        'OverflowError',
      );
    }
  }
}

/** Throws when a list would have more items than a list may have. */
export function checkItems(count: number): void {
  if (count > limits.items) {
    throw new PythonError(`the list would grow too long: more than ${limits.items} items`, 'OverflowError');
  }
}

/** Macros or loops that call themselves without an end. */
export function tooDeep(): never {
  throw new PythonError(
    `the template recurses too deeply: more than ${limits.depth} macros or loops inside of one another`,
    'RecursionError',
  );
}
