import type { OutgoingRequest } from '../contract/families.ts';
import type { Occasion } from '../contract/scope.ts';
import { emptySlice } from '../contract/slice.ts';
import { isObject, type JsonObject } from '../util/json/json.ts';
import { setField } from '../util/json/set-field.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import { type ComponentAt, childIn, written } from '../validate/visit.ts';
import { jsonAnswer, type SimulatedAnswer } from './answers.ts';
import { encodingOf } from './encode-body.ts';
import { hash } from './hash.ts';
import { jobFields } from './job-fields.ts';
import { CannotSimulate, documentWith, segmentsOf } from './place-records.ts';
import { put } from './put.ts';
import type { ReadPath } from './read-paths.ts';
import { pathsRead, textsIn } from './texts-in.ts';
import type { World } from './world.ts';

export function isJobField(field: string): boolean {
  return jobFields.includes(field);
}

export interface JobRequest {
  readonly world: World;
  /** The retriever that runs the job. */
  readonly owner: ComponentAt;
  readonly field: string;
  readonly request: OutgoingRequest;
  readonly occasion: Occasion;
}

/** What is said of a job, and the answer that says it, or more. */
export interface JobAnswer {
  readonly document: unknown;
  encode(document: unknown): SimulatedAnswer;
}

/**
 * Answers what is asked about a job: everything has the names by which the manifest reads it, and the job is completed when
 * it is first asked for. Throws CannotSimulate where nobody knows how an answer is read.
 */
export function answerJob({ world, owner, field, request, occasion }: JobRequest): JobAnswer {
  // A slice has one job, whatever its requests say of it.
  const { partition, cursor } = occasion.slice ?? emptySlice;
  const id = `job-${hash(toJsonText([occasion.stream, partition, cursor]))}`;
  if (field === 'creation_requester') return creation(owner, id, request.url);
  const hasOwnTarget = childIn(owner, 'download_target_requester') !== undefined;
  const isTarget = field === 'download_target_requester';
  if (field !== 'polling_requester' && !isTarget) return { document: {}, encode: (said) => jsonAnswer(said) };
  const parts: unknown[] = [];
  if (!isTarget) parts.push(placedBy(owner, 'status_extractor', completedWord(owner), world));
  if (isTarget || (!hasOwnTarget && childIn(owner, 'download_target_extractor') !== undefined))
    parts.push(placedBy(owner, 'download_target_extractor', targetOf(owner, id, request.url), world));
  if (!isTarget) parts.push(named(owner, 'polling_response', id, request.url).body);
  const encoding = encodingOf(childIn(owner, 'decoder'));
  const document = parts.reduce((all, part) => merged(all, part));
  return {
    document,
    encode: (said) => ({
      status: 200,
      headers: [['content-type', encoding.contentType]],
      body: encoding.encode(said),
    }),
  };
}

function creation(owner: ComponentAt, id: string, url: URL): JobAnswer {
  const { body, headers } = named(owner, 'creation_response', id, url);
  return {
    document: Object.keys(body).length === 0 ? { id } : body,
    encode(said) {
      const answer = jsonAnswer(said);
      return { ...answer, headers: [...answer.headers, ...headers] };
    },
  };
}

/** What templates of the manifest read of an answer by its name. */
function named(owner: ComponentAt, name: string, id: string, url: URL) {
  const body: JsonObject = {};
  const headers: (readonly [string, string])[] = [];
  for (const path of answerPaths(owner, name)) {
    const [first, second] = path;
    const value = isAddress(owner, name, path, String(path.at(-1))) ? addressOf(url, id, path) : id;
    if (first === 'headers' && second !== undefined) headers.push([String(second), value]);
    else if (first !== 'request') put(body, path, value);
  }
  return { body, headers };
}

/** By its own name, and among the extra fields of a slice. */
function answerPaths({ node }: ComponentAt, name: string): readonly ReadPath['path'][] {
  return pathsRead(node, [name, 'stream_slice', 'stream_partition']).flatMap((read) => {
    const isExtra = read.name !== name && read.path[0] === 'extra_fields' && read.path[1] === name;
    const path = read.name === name ? read.path : isExtra ? read.path.slice(2) : [];
    return path.length === 0 ? [] : [path];
  });
}

function targetOf(owner: ComponentAt, id: string, url: URL): string {
  const path = written(owner, 'download_target_extractor', 'field_path');
  const last = path?.kind === 'sequence' ? path.items.at(-1) : undefined;
  const field = last?.kind === 'scalar' ? String(last.value) : '';
  return isAddress(owner, 'download_target', [], field) ? addressOf(url, id, ['result']) : id;
}

/** What a template reads is an address where a URL begins with it, or a path does and the field of the API is called so. */
function isAddress(owner: ComponentAt, name: string, path: ReadPath['path'], field: string): boolean {
  const fields = /ur[il]s?$|href$|link$|location$/i.test(field)
    ? ['url', 'url_base', 'path']
    : ['url', 'url_base'];
  const begins = new RegExp(`^\\s*\\{\\{-?\\s*\\(?\\s*${name}\\b`);
  return owner.children
    .filter(({ family }) => family === 'Requester')
    .some((requester) =>
      fields.some((each) => {
        const [text = ''] = textsIn(written(requester, each));
        return begins.test(text) && path.every((segment) => text.includes(String(segment)));
      }),
    );
}

/** Each address of a job is another one. */
function addressOf(url: URL, id: string, what: ReadPath['path']): string {
  return new URL(['/simulated/jobs', id, ...what.map(String).map(encodeURIComponent)].join('/'), url).href;
}

function completedWord(owner: ComponentAt): string {
  const words = written(owner, 'status_mapping', 'completed');
  const word = words?.kind === 'sequence' ? words.items[0] : undefined;
  if (word?.kind !== 'scalar')
    throw new CannotSimulate('its status_mapping has no word for a job that is completed');
  return String(word.value);
}

function placedBy(owner: ComponentAt, name: string, value: string, world: World): unknown {
  const extractor = childIn(owner, name);
  if (extractor?.traits.looksAtPath !== true)
    throw new CannotSimulate(
      `its ${name} is a ${extractor?.component?.type ?? 'component that is not loaded'}`,
    );
  return documentWith(segmentsOf(extractor, 'field_path', world.scope), value);
}

/** What both say; where they differ, the first. */
function merged(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other)) {
    const rest = other.slice(one.length);
    return [...one.map((item, index) => (index in other ? merged(item, other[index]) : item)), ...rest];
  }
  if (!isObject(one) || !isObject(other)) return one;
  const all: JsonObject = { ...other };
  for (const [name, value] of Object.entries(one))
    setField(all, name, Object.hasOwn(other, name) ? merged(value, other[name]) : value);
  return all;
}
