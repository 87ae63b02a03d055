import type { ParsedPattern, Piece } from './regex-pieces.ts';

/** How much a backtracking match of a text may try, at most. */
interface Effort {
  /** In how many ways a part can match, all of which are tried when what follows it does not. */
  readonly ways: number;
  /** Steps until all of them are tried. */
  readonly steps: number;
}

/** A part of a pattern: its effort by the length of the text. `isLast`: nothing follows that could fail. */
interface Part {
  readonly effort: (length: number, isLast: boolean) => Effort;
  /** The character that it begins with, when it is always the same. */
  readonly first?: string | undefined;
  /** One of several characters, as a class in JavaScript; what it takes is one character. */
  readonly character?: string | undefined;
}

const character: Effort = { ways: 1, steps: 1 };

/**
 * An upper bound of the steps in which a backtracking engine searches a text of a length for a pattern. It grows with a
 * power of the length where parts that can be long follow each other, and beyond all bounds where they are nested.
 */
export function compileSteps({ pieces, flags }: ParsedPattern): (length: number) => number {
  const open: { done: Part[][]; parts: Part[]; looks: boolean }[] = [{ done: [], parts: [], looks: false }];
  for (const piece of pieces) {
    const here = open.at(-1);
    const { role } = piece;
    if (here === undefined) break;
    switch (role.is) {
      case 'atom':
        here.parts.push(atom(piece));
        break;
      case 'reference':
        here.parts.push({ effort: (length) => ({ ways: 1, steps: length }) });
        break;
      case 'open':
        open.push({ done: [], parts: [], looks: role.looks });
        break;
      case 'close': {
        open.pop();
        const inner = either([...here.done, here.parts], flags);
        open.at(-1)?.parts.push(here.looks ? looking(inner) : inner);
        break;
      }
      case 'or':
        here.done.push(here.parts);
        here.parts = [];
        break;
      case 'repeat': {
        const part = here.parts.pop();
        if (part !== undefined) here.parts.push(repeated(part, role.min, role.max));
        break;
      }
      case 'nothing':
        break;
    }
  }
  const [whole] = open;
  const { effort } = either(whole === undefined ? [] : [...whole.done, whole.parts], flags);
  const isAnchored = pieces[0]?.text === '^' && (whole?.done.length ?? 0) === 0;
  return (length) => effort(length, true).steps * (isAnchored ? 1 : length + 1);
}

function atom({ text, role }: Piece): Part {
  if (role.is !== 'atom' || role.takes === 0) return { effort: () => character };
  return { effort: () => character, first: role.literal, character: text };
}

/** What is looked at is not looked at again in another way. */
function looking(inner: Part): Part {
  return { effort: (length) => ({ ways: 1, steps: inner.effort(length, false).steps }) };
}

/** One part after the other: each is tried anew for each way in which those before it match. */
function sequence(parts: readonly Part[], flags: string): Part {
  const certain: (boolean | undefined)[] = [];
  const isCertain = (index: number) => {
    const known = certain[index] ?? isEndedBy(parts[index], parts[index + 1], flags);
    certain[index] = known;
    return known;
  };
  return {
    first: parts[0]?.first,
    character: parts.length === 1 ? parts[0]?.character : undefined,
    effort(length, isLast) {
      let [ways, steps] = [1, 1];
      for (const [index, part] of parts.entries()) {
        const effort = part.effort(length, isLast && index === parts.length - 1);
        steps += ways * effort.steps;
        if (effort.ways > 1 && !isCertain(index)) ways *= effort.ways;
      }
      return { ways, steps };
    },
  };
}

/** `\w+@`: where the run of characters ends is certain, since what follows is none of them. */
function isEndedBy(part: Part | undefined, next: Part | undefined, flags: string): boolean {
  if (part?.character === undefined || next?.first === undefined) return false;
  return !new RegExp(`^${part.character}$`, `u${flags}`).test(next.first);
}

function either(alternatives: readonly (readonly Part[])[], flags: string): Part {
  const parts = alternatives.map((each) => sequence(each, flags));
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const firsts = new Set(parts.map(({ first }) => (flags.includes('i') ? undefined : first)));
  const isCertain = firsts.size === parts.length && !firsts.has(undefined);
  return {
    effort(length, isLast) {
      const efforts = parts.map((part) => part.effort(length, isLast));
      const ways = efforts.map((effort) => effort.ways);
      return {
        ways: isCertain ? Math.max(...ways) : ways.reduce((sum, each) => sum + each, 0),
        steps: efforts.reduce((sum, { steps }) => sum + steps, 0),
      };
    },
  };
}

function repeated(part: Part, min: number, max: number): Part {
  return {
    character: part.character,
    first: min > 0 ? part.first : undefined,
    effort(length, isLast) {
      const inner = part.effort(length, false);
      const most = Math.min(max, length + 1);
      const least = Math.min(min, most);
      if (inner.ways > 1) {
        const ways = inner.ways ** most;
        return { ways, steps: ways * inner.steps * most };
      }
      return { ways: isLast ? 1 : most - least + 1, steps: most * inner.steps + 1 };
    },
  };
}
