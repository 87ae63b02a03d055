import { type DateTimeFields, type PyDate, PyDateTime, type PyTimezone } from './datetime.ts';

const dayMs = 86_400_000;
/** January 1, 1900: the day on which strftime() prints a time. */
const printedDay = -25_567;

/** Python's datetime.time: a wall time to the microsecond, and an offset (null: naive). */
export class PyTime {
  /** This time on January 1, 1900. */
  readonly moment: PyDateTime;
  constructor(moment: PyDateTime) {
    this.moment = new PyDateTime(
      moment.wallMs - (moment.days - printedDay) * dayMs,
      moment.micro,
      moment.zone,
    );
  }

  get fields(): DateTimeFields {
    return this.moment.fields;
  }

  get zone(): PyTimezone | null {
    return this.moment.zone;
  }

  isoformat(timespec = 'auto'): string {
    return this.moment.isoformat('T', timespec).slice('1900-01-01T'.length);
  }

  toString(): string {
    return this.isoformat();
  }

  repr(): string {
    return this.moment.repr().replace('datetime.datetime(1900, 1, 1, ', 'datetime.time(');
  }
}

/** datetime.combine(): the day of one, the time of the other. */
export function combine(date: PyDate | PyDateTime, { moment }: PyTime): PyDateTime {
  return new PyDateTime(moment.wallMs + (date.days - printedDay) * dayMs, moment.micro, moment.zone);
}
