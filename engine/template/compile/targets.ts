import { PyTypeError, PyValueError } from '../../time/python-error.ts';
import type { Body, Statement, Target } from '../syntax/ast.ts';
import { TemplateRuntimeError } from '../syntax/template-error.ts';
import { PyNamespace } from '../values/helper-object.ts';
import { type Frame, lookUp } from './frame.ts';

/** Sets a name, an attribute of a namespace, or each of several targets. */
export function compileAssign(target: Target): (frame: Frame, value: unknown) => void {
  if (target.type === 'name') return (frame, value) => void frame.variables?.set(target.name, value);
  if (target.type === 'namespace') {
    return (frame, value) => {
      const space = lookUp(frame, target.name) ?? frame.run.context[target.name];
      if (!(space instanceof PyNamespace)) {
        throw new TemplateRuntimeError('cannot assign attribute on non-namespace object');
      }
      space.fields.set(target.attribute, value);
    };
  }
  const parts = target.items.map(compileAssign);
  return (frame, value) => {
    const { py } = frame.run;
    if (!py.isIterable(value))
      throw new PyTypeError(`cannot unpack non-iterable ${py.typeName(value)} object`);
    const items = [...py.iterate(value)];
    if (items.length > parts.length)
      throw new PyValueError(`too many values to unpack (expected ${parts.length})`);
    if (items.length < parts.length) {
      throw new PyValueError(`not enough values to unpack (expected ${parts.length}, got ${items.length})`);
    }
    for (const [index, part] of parts.entries()) part(frame, items[index]);
  };
}

/** The names that statements assign, and the namespaces that they assign in, anywhere in them. */
export function* targetsIn(body: Body): Generator<Exclude<Target, { type: 'tuple' }>> {
  for (const statement of body) {
    if ('target' in statement) yield* namesOf(statement.target);
    if (statement.type === 'with') for (const [target] of statement.bindings) yield* namesOf(target);
    for (const inner of bodiesOf(statement)) yield* targetsIn(inner);
  }
}

function* namesOf(target: Target): Generator<Exclude<Target, { type: 'tuple' }>> {
  if (target.type === 'tuple') for (const item of target.items) yield* namesOf(item);
  else yield target;
}

function bodiesOf(statement: Statement): readonly Body[] {
  if (statement.type === 'if')
    return [statement.body, ...statement.elifs.map(({ body }) => body), statement.otherwise];
  if (statement.type === 'for') return [statement.body, statement.otherwise];
  return 'body' in statement ? [statement.body] : [];
}

/** All names that a template may find in a frame rather than in its context. */
export function collectTargets(body: Body, names: Set<string>): void {
  for (const { name } of targetsIn(body)) names.add(name);
  for (const name of ownNames(body)) names.add(name);
}

/** Names that statements define for what is inside of them, and those of macros. */
function* ownNames(body: Body): Generator<string> {
  for (const statement of body) {
    if (statement.type === 'for') yield 'loop';
    if (statement.type === 'macro') yield statement.name;
    if (statement.type === 'macro' || statement.type === 'call_block') {
      yield* ['caller', 'kwargs', 'varargs'];
      for (const { name } of statement.parameters) yield name;
    }
    for (const inner of bodiesOf(statement)) yield* ownNames(inner);
  }
}
