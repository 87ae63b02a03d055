import type { ManifestNode } from '../../manifest/node.ts';
import { editDistance } from '../../util/text/did-you-mean.ts';
import { singular } from '../../util/text/singular.ts';
import { type ComponentAt, childIn, textIn, visit, written } from '../../validate/visit.ts';
import { requesterOf } from '../asked-path.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { streamsIn } from '../streams-in.ts';

export const pathWords = defineCheck({
  id: 'path-words',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'before the key of a parent a path has the word that the path of the parent and of its other children has there',
  *run({ source }) {
    const isNew = once();
    const paths = [...streamsIn(source)].flatMap((stream) => pathOf(stream) ?? []);
    for (const path of paths) {
      if (!isNew(path.node)) continue;
      yield looked(path.stream);
      if ((yield* otherWord(path, paths)) || (yield* otherJoint(path, paths))) continue;
      yield* otherStart(path, paths);
    }
  },
});

interface Path {
  readonly stream: string;
  readonly at: ComponentAt;
  readonly node: ManifestNode;
  readonly text: string;
}

function pathOf(at: ComponentAt): Path | undefined {
  const requester = requesterOf(at);
  const field = ['path', 'url'].find((each) => textIn(requester, each) !== undefined);
  const node = field === undefined ? undefined : written(requester, field);
  if (requester?.isHook !== false || field === undefined || node === undefined) return undefined;
  return { stream: textIn(at, 'name') ?? '', at, node, text: textIn(requester, field) ?? '' };
}

/** The word before the value of a template, as in `users/{{ … }}/notes`. */
function wordsBefore(text: string): readonly string[] {
  return [...text.matchAll(/(?:^|\/)([A-Za-z][\w-]*)\/(?=\{\{)/g)].map(([, word = '']) => word);
}

/** The last word of the path of a list: that of a parent. */
function lastWord(text: string): string | undefined {
  return /(?:^|\/)([A-Za-z][\w-]*)\/?(?:\?.*)?$/.exec(text)?.[1];
}

function* otherWord(
  { at, stream, node, text }: Path,
  paths: readonly Path[],
): Generator<CheckEvent, boolean> {
  const own = wordsBefore(text);
  if (own.length === 0) return false;
  const parents = visit(at)
    .filter(({ family }) => family === 'ParentStreamConfig')
    .flatMap((config) => childIn(config, 'stream') ?? []);
  const ofParents = parents.flatMap((parent) => lastWord(pathOf(parent)?.text ?? '') ?? []);
  const others = paths
    .filter((path) => path.node !== node && path.stream !== stream)
    .map(({ text: other }) => new Set(wordsBefore(other)));
  for (const word of own) {
    if (others.some((words) => words.has(word)) || ofParents.includes(word)) continue;
    const near = new Set(
      [...others.flatMap((words) => [...words]), ...ofParents].filter((other) => isNear(word, other)),
    );
    for (const meant of near) {
      const said = others.filter((words) => words.has(meant)).length + (ofParents.includes(meant) ? 1 : 0);
      if (said < fewestOthers) continue;
      yield violation(
        node,
        `The path of stream "${stream}" has "${word}" before a value, and ${ofParents.includes(meant) ? 'that of its parent' : 'those of other streams have'} "${meant}": is it a typo?`,
        { stream, offset: text.indexOf(word) },
      );
      return true;
    }
  }
  return false;
}

const fewestOthers = 2;

/** One of several, or a letter apart. */
function isNear(word: string, other: string): boolean {
  if (word === other) return false;
  return singular(word) === singular(other) || (word.length > 5 && editDistance(word, other) === 1);
}

/** What a path begins with, up to its last step: `index.php?/api/v2/` of `index.php?/api/v2/get_users`. */
function beginningOf(text: string): string {
  const [literal = ''] = text.replace(/^\/+/, '').split(/\{[{%]/);
  return literal.slice(0, literal.lastIndexOf('/') + 1);
}

/** All other paths begin alike, and this one has another sign, or none, between two of the words. */
function* otherJoint({ stream, node, text }: Path, paths: readonly Path[]): Generator<CheckEvent, boolean> {
  const others = paths.filter((path) => path.node !== node).map((path) => path.text.replace(/^\/+/, ''));
  const own = text.replace(/^\/+/, '');
  const plain = (each: string) => each.replace(/[^A-Za-z\d{]/g, '');
  for (const start of new Set(others.map(beginningOf))) {
    const said = others.filter((other) => other.startsWith(start)).length;
    if (start.length < 4 || said < Math.max(fewestWithStart, others.length - 1) || own.startsWith(start))
      continue;
    const near = [start.length - 1, start.length, start.length + 1].find((length) => {
      const begin = own.slice(0, length);
      // Without its end it is the list of what the others are about, or begins with a longer word.
      return begin.endsWith('/') && plain(begin) === plain(start) && editDistance(begin, start) === 1;
    });
    if (near === undefined) continue;
    yield violation(
      node,
      `The path of stream "${stream}" begins with "${own.slice(0, near)}", and those of ${said} other streams with "${start}": is it a typo?`,
      { stream },
    );
    return true;
  }
  return false;
}

/** The steps that a path begins with, without the last one: `/api/v1/resource/Category` has "api", "v1", "resource". */
function stepsOf(text: string): readonly string[] {
  const [literal = ''] = text.replace(/^https?:\/\/[^/]+/, '').split(/\{[{%]|\?/);
  return literal
    .split('/')
    .slice(0, -1)
    .filter((step) => step !== '');
}

/** All other paths have another word there, or another version. */
function* otherStart({ stream, node, text }: Path, paths: readonly Path[]): Generator<CheckEvent> {
  const own = stepsOf(text);
  const others = paths.filter((path) => path.stream !== stream).map((path) => stepsOf(path.text));
  for (const [index, step] of own.entries()) {
    const beside = others.filter((steps) => own.slice(0, index).every((each, at) => steps[at] === each));
    const words = beside.flatMap((steps) => steps[index] ?? []);
    const meant = words.find(
      (word) => isAnother(step, word) && words.filter((each) => each === word).length >= fewestWithStart,
    );
    if (meant === undefined || words.includes(step)) continue;
    yield violation(
      node,
      `The path of stream "${stream}" has "${step}" where those of ${words.filter((each) => each === meant).length} other streams have "${meant}": is it a typo?`,
      { stream, offset: text.indexOf(step) },
    );
    return;
  }
}

const fewestWithStart = 4;

/** A word that is near, or another version of the same: an API has v2 beside v3, and seldom 1.1 beside 1.0. */
function isAnother(step: string, other: string): boolean {
  const version = /^(v?\d+)\.\d+$/;
  const [own, theirs] = [version.exec(step)?.[1], version.exec(other)?.[1]];
  if (/\d/.test(step + other)) return own !== undefined && own === theirs && step !== other;
  return isNear(step, other);
}
