import { PythonError } from '../../time/python-error.ts';
import { memoizeTexts } from '../../util/text/memoize-texts.ts';
import { globals } from '../builtins/globals.ts';
import type { Body, Expression } from '../syntax/ast.ts';
import { type NameUse, undeclaredNames } from '../syntax/names.ts';
import { readTemplate } from '../syntax/template-body.ts';
import { compileBody } from './compile-body.ts';
import { compileExpression, type Evaluate } from './compile-expression.ts';
import { isOfConfig } from './foldable.ts';
import type { Render } from './frame.ts';

/** A text, parsed and compiled. If it has an error, that is thrown whenever it is evaluated. */
export interface ParsedTemplate {
  readonly error: PythonError | undefined;
  readonly render: Render | undefined;
  /** The result where the context makes no difference. */
  readonly constant: string | undefined;
  readonly names: readonly NameUse[];
  /** Its result changes with config and parameters only. */
  readonly isOfConfig?: boolean;
  /** The value of a template that is nothing but a lookup, `{{ record['a'].b }}`. */
  readonly lookup?: Evaluate | undefined;
}

/** Distinct texts are parsed once per process; an inspected template need not be parsed again to run. */
export const parsedTemplate: (text: string) => ParsedTemplate = memoizeTexts(parseText, 2_000_000);

function lookupOf(body: Body): Evaluate | undefined {
  const [only] = body;
  if (body.length !== 1 || only?.type !== 'output' || !isLookup(only.value)) return undefined;
  return compileExpression(only.value, { assigned: new Set(), soft: false });
}

/**
 * What comes from outside is copied as it is. The values of a slice are the engine's own: a number that a format has made
 * a text of is a number again.
 */
const copied: ReadonlySet<string> = new Set(['record', 'config']);

function isLookup(node: Expression): boolean {
  if (node.type === 'item') return node.index.type === 'constant' && isLookup(node.target);
  if (node.type === 'attribute') return isLookup(node.target);
  return node.type === 'name' && copied.has(node.name);
}

const unsupported =
  'The stream_state variable is not supported in templates; use stream_interval to get the start and end of a slice.';

function parseText(text: string): ParsedTemplate {
  if (text.includes('stream_state')) return unusable(new PythonError(unsupported, 'AirbyteTracedException'));
  const { body, error } = readTemplate(text);
  if (body === undefined) return unusable(error);
  try {
    return compiled(body);
  } catch (thrown) {
    if (!(thrown instanceof PythonError)) throw thrown;
    return unusable(thrown);
  }
}

function unusable(error: PythonError): ParsedTemplate {
  return { error, render: undefined, constant: undefined, names: [] };
}

function compiled(body: Body): ParsedTemplate {
  const isData = body.every((statement) => statement.type === 'data');
  const constant = isData
    ? body.map((statement) => (statement.type === 'data' ? statement.text : '')).join('')
    : undefined;
  return {
    error: undefined,
    render: compileBody(body),
    constant,
    names: undeclaredNames(body).filter(({ name }) => !globals.has(name)),
    isOfConfig: isOfConfig(body),
    lookup: lookupOf(body),
  };
}
