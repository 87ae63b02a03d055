import { specifiedChecks } from '../../conformance/specified-checks.ts';
import { wrapped } from '../../util/text/wrapped.ts';

/** The built-in checks as people read them. */
export function listChecks(): string {
  const width = Math.max(...specifiedChecks.map(({ id }) => id.length)) + 2;
  const lines = specifiedChecks.flatMap(({ id, level, severity, doc }) => {
    const [first = '', ...rest] = wrapped(doc, 100 - width - 20);
    const head = `${id.padEnd(width)}${level.padEnd(10)}${severity.padEnd(9)}`;
    return [`${head}${first}`, ...rest.map((line) => `${' '.repeat(head.length)}${line}`)];
  });
  return `${lines.join('\n')}\n`;
}
