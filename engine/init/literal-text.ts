import { literalEval, notLiteral } from '../template/literal-eval.ts';
import { isFloat } from '../template/values/number.ts';

/** A template that gives this text: what would be taken for a template is written as one that renders to it. */
export function escapedTemplate(text: string): string {
  return text.replace(/\{(?=[{%#])/g, "{{ '{' }}");
}

/**
 * A template of a header or a parameter that sends this text. Such values are read back as Python literals, by which
 * "2.10" would be sent as "2.1".
 */
export function literalText(text: string): string {
  const value = literalEval(text);
  const isKept =
    value === notLiteral || ((typeof value === 'number' || isFloat(value)) && String(value) === text);
  const written = isKept ? text : `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n')}'`;
  return escapedTemplate(written);
}
