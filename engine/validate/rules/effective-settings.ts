import type { Diagnostic } from '../../error/diagnostic.ts';
import { sliceNames } from '../../language/template-names.ts';
import type { ManifestNode } from '../../manifest/node.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import { inspectTemplate } from '../../template/template.ts';
import { filterWithAction } from '../page-actions.ts';
import { textsOf } from '../texts.ts';
import { ancestorOf, type ComponentAt, childIn, visit, written } from '../visit.ts';

/** A setting with the reason why it does nothing where it stands. */
type Without = readonly [field: string, reason: string];

/** A setting that something else is needed for, which is not there, does nothing; and nobody would say so. */
export function* effectiveSettings(at: ComponentAt): Iterable<Diagnostic> {
  if (at.isHook || at.component === undefined) return;
  for (const find of finders) {
    for (const [field, reason] of find(at)) {
      const node = written(at, field);
      // What a component does not know `known-fields` tells.
      const isKnown = Object.hasOwn(at.component.fields(), field);
      if (node !== undefined && isKnown && !isEmpty(node))
        yield warningAt(node, `"${field}" has no effect: ${reason}.`);
    }
  }
}

/** An empty list is no setting. */
function isEmpty(node: ManifestNode): boolean {
  return node.kind === 'sequence' && node.items.length === 0;
}

const finders: readonly ((at: ComponentAt) => Iterable<Without>)[] = [
  parents,
  cursors,
  retrievers,
  streams,
  partitions,
  paginators,
  paginationStrategies,
  responseFilters,
  authenticators,
];

function* parents(at: ComponentAt): Iterable<Without> {
  if (at.family !== 'ParentStreamConfig' || at.fields.incremental_dependency !== true) return;
  const child = ancestorOf(at, 'Stream');
  const parent = childIn(at, 'stream');
  const field = 'incremental_dependency';
  if (child !== undefined && written(child, 'incremental_sync') === undefined) {
    yield [
      field,
      'the stream itself has no "incremental_sync", so no state is kept that its parent\'s could be part of',
    ];
  } else if (parent !== undefined && !hasState(parent)) {
    yield [field, 'the parent stream has no "incremental_sync", so it has no state'];
  }
}

/** Also when only a parent of its own has one. */
function hasState(stream: ComponentAt): boolean {
  if (stream.isHook || stream.component === undefined) return true;
  for (const { node, family } of visit(stream))
    if (family === 'IncrementalSync' || node.entries.has('class_name')) return true;
  return false;
}

function* cursors(at: ComponentAt): Iterable<Without> {
  const stream = at.parent;
  if (at.family !== 'IncrementalSync' || stream?.family !== 'Stream') return;
  const retriever = childIn(stream, 'retriever');
  if (retriever === undefined || retriever.isHook || retriever.component === undefined) return;
  if (at.fields.global_substream_cursor === true && written(retriever, 'partition_router') === undefined) {
    yield ['global_substream_cursor', 'the stream has no "partition_router"'];
  }
  const isTold =
    written(at, 'start_time_option') !== undefined || written(at, 'end_time_option') !== undefined;
  if (written(at, 'step') !== undefined && !isTold && !mayRead(retriever, windowNames)) {
    yield [
      'step',
      'no request is told of the window, neither by "start_time_option" and "end_time_option" nor by a template, so every window reads the same',
    ];
  }
}

const windowNames: ReadonlySet<string> = new Set(sliceNames);

/** Has a part of it a template with one of the names? A hook may read whatever it wants. */
function mayRead(part: ComponentAt, names: ReadonlySet<string>): boolean {
  for (const at of visit(part)) {
    if (at.isHook || at.component === undefined) return true;
    for (const { text } of textsOf(at))
      if (inspectTemplate(text).names.some(({ name }) => names.has(name))) return true;
  }
  return false;
}

function* partitions(at: ComponentAt): Iterable<Without> {
  const stream = ancestorOf(at, 'Stream');
  if (at.family !== 'PartitionRouter' || stream === undefined || mayRead(stream, windowNames)) return;
  const reason = 'nor by a template, so every partition reads the same';
  const values = written(at, 'values');
  // One value is another way to say it to the records only.
  const isOne = values?.kind === 'sequence' && values.items.length === 1;
  if (written(at, 'request_option') === undefined && !isOne)
    yield ['values', `no request is told of them, neither by "request_option" ${reason}`];
  const parents = at.children.filter(({ family }) => family === 'ParentStreamConfig');
  if (parents.every((parent) => written(parent, 'request_option') === undefined))
    yield [
      'parent_stream_configs',
      `no request is told of the parents' records, neither by "request_option" ${reason}`,
    ];
}

const tokenNames: ReadonlySet<string> = new Set(['next_page_token']);

function* paginators(at: ComponentAt): Iterable<Without> {
  const retriever = at.parent;
  if (at.family !== 'Paginator' || retriever === undefined || written(at, 'page_token_option') !== undefined)
    return;
  if (mayRead(retriever, tokenNames)) return;
  yield [
    'pagination_strategy',
    'no request is told of the next page, neither by "page_token_option" nor by a template, so every page is the first',
  ];
}

function* retrievers(at: ComponentAt): Iterable<Without> {
  if (at.traits.readsPages !== true) return;
  const requester = childIn(at, 'requester');
  if (requester?.isHook === false && requester.children.every(({ isHook }) => !isHook)) {
    const isReset = filterWithAction(requester, 'RESET_PAGINATION') !== undefined;
    if (!isReset && written(at, 'pagination_reset', 'limits') === undefined)
      yield [
        'pagination_reset',
        'it has no "limits", and no response filter has the action RESET_PAGINATION',
      ];
  }
  if (at.fields.ignore_stream_slicer_parameters_on_paginated_requests === true) {
    if (childIn(at, 'paginator')?.traits.paginates !== true && childIn(at, 'paginator')?.isHook !== true)
      yield ['ignore_stream_slicer_parameters_on_paginated_requests', 'the retriever has no paginator'];
  }
}

function* streams(at: ComponentAt): Iterable<Without> {
  if (at.family !== 'Stream' || written(at, 'incremental_sync') !== undefined) return;
  yield ['state_migrations', 'the stream has no "incremental_sync", so it has no state'];
}

function* paginationStrategies(at: ComponentAt): Iterable<Without> {
  if (at.traits.counts !== 'nothing' || at.parent === undefined) return;
  if (written(at.parent, 'page_size_option') !== undefined) return;
  for (const { text } of textsOf(at))
    if (inspectTemplate(text).names.some(({ name }) => name === 'page_size')) return;
  yield ['page_size', 'the paginator has no "page_size_option", so the API is not told of it'];
}

function* responseFilters(at: ComponentAt): Iterable<Without> {
  if (at.family !== 'ResponseFilter') return;
  const conditions = ['http_codes', 'predicate', 'error_message_contains'];
  const matches = conditions.some((field) => written(at, field) !== undefined);
  if (!matches)
    yield [
      'action',
      'the filter has none of "http_codes", "predicate" and "error_message_contains", so it matches nothing',
    ];
  if (written(at, 'action') === undefined)
    for (const field of conditions) yield [field, 'the filter has no "action"'];
  else if (at.traits.action !== undefined && at.traits.action !== 'FAIL')
    yield ['failure_type', `the action is ${at.traits.action}, not FAIL`];
}

function* authenticators(at: ComponentAt): Iterable<Without> {
  if (at.family !== 'Authenticator') return;
  if (at.fields.use_profile_assertion === false)
    yield ['profile_assertion', '"use_profile_assertion" is not set'];
}
