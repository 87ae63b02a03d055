import type { ManifestNode, ScalarNode } from '../../manifest/node.ts';
import { memberPaths } from '../../template/member-paths.ts';
import { type ComponentAt, visit, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { schemasIn } from '../schema-walk.ts';
import { wordsOf } from '../words.ts';

export const valuesUnderNames = defineCheck({
  id: 'values-under-names',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'what is sent under the name of a field of the config is that field, what is sent as a start is no end, and a range begins with its start',
  *run({ source, spec }) {
    const known = new Map<string, string>();
    for (const { path } of schemasIn(spec?.node)) {
      const name = path.at(-1);
      if (name !== undefined && name !== '[]') known.set(plain(name), name);
    }
    const isNew = once();
    for (const at of visit(source)) {
      if ((at.family !== 'Requester' && at.family !== 'Authenticator') || at.isHook) continue;
      for (const node of textsOf(at)) {
        if (!isNew(node.at)) continue;
        yield looked();
        yield* whatIsOdd(node, known);
      }
    }
  },
});

interface Sent {
  readonly at: ScalarNode;
  readonly text: string;
  /** The name of the parameter or header; of a path there is none. */
  readonly name: string | undefined;
}

function* textsOf(at: ComponentAt): Generator<Sent> {
  for (const field of ['path', 'url', 'url_base', 'api_token']) yield* textIn(written(at, field), undefined);
  for (const field of ['request_parameters', 'request_headers', 'request_body_json', 'request_body_data']) {
    const node = written(at, field);
    if (node?.kind !== 'mapping') yield* textIn(node, undefined);
    else for (const [name, { value }] of node.entries) yield* textIn(value, name);
  }
}

function* textIn(node: ManifestNode | undefined, name: string | undefined): Generator<Sent> {
  if (node?.kind === 'scalar' && typeof node.value === 'string' && node.value.includes('{{'))
    yield { at: node, text: node.value, name };
}

/** A value of the config in a text, with the name that stands before it. */
interface Labelled {
  readonly label: string | undefined;
  readonly field: string;
  readonly offset: number;
  readonly before: string;
}

function labelled({ text, name }: Sent): readonly Labelled[] {
  const found: Labelled[] = [];
  let end = 0;
  for (const { 0: template, index } of text.matchAll(/\{\{.*?\}\}/gs)) {
    const before = text.slice(end, index);
    end = index + template.length;
    const [path, ...more] = memberPaths(template, 'config').map((each) => each.path);
    const field = path?.at(-1);
    // What is made of several values, or chosen among them, is none of them.
    if (field === undefined || more.length > 0 || /\b(?:if|or)\b|~/.test(template)) continue;
    const own = /([A-Za-z][\w.-]*)\s*(?:=|:|%3D)\s*["']?$/.exec(before)?.[1];
    found.push({
      label: own ?? (before.trim() === '' && found.length === 0 ? name : undefined),
      field,
      offset: index,
      before,
    });
  }
  return found;
}

function* whatIsOdd(sent: Sent, known: ReadonlyMap<string, string>): Generator<CheckEvent> {
  const all = labelled(sent);
  for (const { label, field, offset } of all) {
    const meant = label === undefined ? undefined : known.get(plain(label));
    if (
      label !== undefined &&
      meant !== undefined &&
      plain(field) !== plain(label) &&
      !isPart(field, label)
    ) {
      yield violation(
        sent.at,
        `"${label}" is sent "${field}" of the config, which has "${meant}", too: are two of them swapped?`,
        { offset },
      );
      return;
    }
    const [isStart, isEnd] = [saysStart(label ?? ''), saysEnd(label ?? '')];
    if ((isStart && saysEnd(field)) || (isEnd && saysStart(field))) {
      yield violation(
        sent.at,
        `"${label}" is sent "${field}" of the config, and by their names one is a start and the other an end.`,
        { offset },
      );
      return;
    }
  }
  for (const [index, { field, before }] of all.entries()) {
    const first = all[index - 1];
    if (
      first === undefined ||
      !saysEnd(first.field) ||
      !saysStart(field) ||
      !/^\s*(?:[/,;:|]|\.\.+|-|to)\s*$/.test(before)
    )
      continue;
    yield violation(
      sent.at,
      `A range is written from "${first.field}" to "${field}" of the config: its end stands before its start.`,
      { offset: first.offset },
    );
    return;
  }
}

/** `api_key` may well be sent the `key` of some credentials. */
function isPart(field: string, label: string): boolean {
  const [a, b] = [plain(field), plain(label)];
  return a.includes(b) || b.includes(a);
}

const startWords = new Set(['start', 'since', 'after', 'from', 'begin', 'min', 'gt', 'gte']);
const endWords = new Set(['end', 'until', 'before', 'to', 'max', 'lt', 'lte', 'till']);

function saysStart(name: string): boolean {
  return says(name, startWords, endWords);
}

function saysEnd(name: string): boolean {
  return says(name, endWords, startWords);
}

function says(name: string, words: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  const own = wordsOf(name);
  return own.some((word) => words.has(word)) && !own.some((word) => others.has(word));
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z\d]/g, '');
}
