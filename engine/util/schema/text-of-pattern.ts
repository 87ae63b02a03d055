import randexp from 'randexp';
import { tryTo } from '../flow/try-to.ts';

/** The types of the package speak of a default export, and what it exports is the class itself. */
const RandExp = randexp as unknown as typeof randexp.default;

/** How often what a pattern lets be there without an end is there, besides what it asks for. */
const repetitions = 3;

/** Longer texts nobody types into a form. */
const longest = 10_000;

/** The first of the shortest texts that a regular expression of ECMAScript matches; none where it asks for what lies around. */
export function textOfPattern(pattern: string): readonly string[] {
  const counts = [...pattern.matchAll(/\{(\d+)/g)].map(([, digits]) => Number(digits));
  if (counts.reduce((all, count) => all * Math.max(count, 1), 1) > longest) return [];
  const text = tryTo(() => {
    const maker = new RandExp(pattern);
    maker.max = repetitions;
    maker.randInt = (least) => least;
    return maker.gen();
  });
  return text === undefined ? [] : [text];
}
