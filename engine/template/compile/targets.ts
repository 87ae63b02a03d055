import { PyTypeError, PyValueError } from '../../time/python-error.ts';
import type { Body, Target } from '../syntax/ast.ts';
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

/** All names that a template assigns, anywhere in it. */
export function collectTargets(body: Body, names: Set<string>): void {
  const add = (target: Target): void => {
    if (target.type === 'tuple') target.items.forEach(add);
    else names.add(target.name);
  };
  for (const statement of body) {
    if ('target' in statement) add(statement.target);
    if (statement.type === 'for') names.add('loop');
    if (statement.type === 'with') for (const [target] of statement.bindings) add(target);
    if (statement.type === 'macro') names.add(statement.name);
    if (statement.type === 'macro' || statement.type === 'call_block') {
      for (const name of ['caller', 'kwargs', 'varargs', ...statement.parameters.map((each) => each.name)])
        names.add(name);
    }
    if ('body' in statement) collectTargets(statement.body, names);
    if ('otherwise' in statement) collectTargets(statement.otherwise, names);
    if (statement.type === 'if') for (const each of statement.elifs) collectTargets(each.body, names);
  }
}
