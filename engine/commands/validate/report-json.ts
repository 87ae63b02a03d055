import type { Diagnostic } from '../../error/diagnostic.ts';
import type { Place } from '../../error/place.ts';
import { positionOf } from '../../error/print-location.ts';
import type { Report } from './report.ts';

/** For programs: a list of `{ file, line, column, severity, rule, message, stream, pointer, related }`. */
export function asJson(reports: readonly Report[]): string {
  const findings = reports.flatMap(({ file, findings }) => findings.map((found) => toJson(file, found)));
  return `${JSON.stringify(findings, undefined, 2)}\n`;
}

function toJson(file: string, { places, offset, severity, rule, message, stream, pointer }: Diagnostic) {
  const [first, ...others] = places;
  return {
    ...(first === undefined ? { file } : spotOf(first, offset)),
    severity,
    rule,
    message,
    stream,
    pointer,
    related: [...referencesTo(first), ...others.map((place) => spotOf(place))],
  };
}

function spotOf(place: Place, offset?: number) {
  return { file: place.source.name, ...positionOf(place, offset) };
}

/** The references by which a place was reached. */
function referencesTo(place: Place | undefined) {
  const spots: ReturnType<typeof spotOf>[] = [];
  for (let via = place?.via; via !== undefined; via = via.via) spots.push(spotOf(via));
  return spots;
}
