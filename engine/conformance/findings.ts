import type { Diagnostic } from '../error/diagnostic.ts';
import type { SubjectReport } from './report.ts';

/** All that is wrong, as findings of `validate`: for annotations and code scanners. Each says what it stands on. */
export function findingsOf({ problems, checks, tests }: SubjectReport): readonly Diagnostic[] {
  const violations = checks.flatMap(({ check, violations }) =>
    violations.flatMap(({ severity = check.severity, message, places, offset, stream }): Diagnostic[] => {
      if (severity === 'note') return [];
      const said = `${message} (${check.level})`;
      return [{ severity, message: said, places, offset, stream, rule: check.id }];
    }),
  );
  const failures = tests.flatMap(({ name, stream, level, failures, place: test }) =>
    failures.map(({ message, details = [], place }): Diagnostic => {
      const said = [`Test "${name}": ${message} (${level})`, ...details].join('\n');
      return { severity: 'error', message: said, places: [place ?? test], stream, rule: 'test' };
    }),
  );
  return [...problems, ...violations, ...failures];
}
