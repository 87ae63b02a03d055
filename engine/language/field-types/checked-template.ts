import type { Scope } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { readBack } from '../../template/read-back.ts';
import { inspectTemplate } from '../../template/template.ts';
import { type Deferred, type Evaluate, type Template, template } from '../fields.ts';
import { writtenAt } from '../written-at.ts';

/** What a field takes: the value made of what was given, or undefined when it does not fit. */
export interface Wanted<T> {
  readonly read: (value: unknown) => { readonly value: T } | undefined;
  /** For messages: "a whole number of at least 1". */
  readonly expected: string;
}

/** A field that is evaluated to a value that fits. */
export type Checked<T> = Deferred<Evaluate<T>> & { readonly text: string };

/**
 * A template whose value must fit. A plain text is checked when the manifest is read, a template when it is evaluated:
 * it throws ConnectorError (config_error) at the field then.
 */
export function checkedTemplate<T>(wanted: Wanted<T>) {
  return template({ expected: wanted.expected })
    .superRefine(({ text }, context) => {
      if (!inspectTemplate(text).isPlain || wanted.read(readBack(text, undefined)) !== undefined) return;
      context.addIssue({ code: 'custom', message: `${wanted.expected} is expected, not "${text}"` });
    })
    .transform((field) => checked(field, wanted));
}

/** The field with its value checked whenever it is evaluated. */
export function checked<T>(field: Template, { read, expected }: Wanted<T>): Checked<T> {
  const made: Checked<T> = Object.assign(
    (scope: Scope): Evaluate<T> => {
      const evaluate = field(scope);
      return (context) => {
        const given = evaluate(context);
        const known = read(given);
        if (known === undefined) throw misfit(given, expected, made, scope);
        return known.value;
      };
    },
    { text: field.text },
  );
  return made;
}

function misfit(value: unknown, expected: string, field: unknown, { node }: Scope): ConnectorError {
  const at = writtenAt(node, field);
  const name = at?.place.pointer.split('/').at(-1);
  const subject = name === undefined || name === '' ? 'The value' : `"${name}"`;
  return new ConnectorError(
    `${subject} must be ${expected}, not ${JSON.stringify(value) ?? String(value)}.`,
    {
      kind: 'config_error',
      nodes: [(at ?? node).place],
    },
  );
}
