import { dayOfYear, isoCalendar, pad, weekday } from './calendar.ts';
import { isoOffset, PyDate, type PyDateTime } from './datetime.ts';
import { dayNames, monthNames } from './names.ts';

interface Directive {
  readonly value: number | string;
  /** Default width and padding of a number. */
  readonly width?: number;
  readonly fill?: '0' | ' ';
}

type Moment = PyDateTime | PyDate;

const directive = /%([_0^#-]*)(\d*)([EO]?)([\s\S]?)/g;

/** Python's strftime on Linux: the directives and flags of glibc. Unknown ones are printed as they are. */
export function strftime(moment: Moment, format: string): string {
  if (!format.includes('%')) return format;
  const python = format.replace(/%([\s\S])/g, (whole, letter: string) => {
    if (letter === 'f') return pad(moment.fields.microsecond, 6);
    const zone = moment instanceof PyDate ? null : moment.zone;
    if (letter === 'z') return zone === null ? '' : isoOffset(zone.offsetSeconds, '');
    if (letter === 'Z') return (zone?.label ?? '').replaceAll('%', '%%');
    return whole;
  });
  return python.replace(
    directive,
    (whole, flags: string, width: string, modifier: string, letter: string) => {
      const made = direct(moment, letter);
      if (made === undefined || (modifier !== '' && !modifierAllows(modifier, letter))) return whole;
      return print(made, letter, flags, width);
    },
  );
}

function modifierAllows(modifier: string, letter: string): boolean {
  return (modifier === 'E' ? 'cCxXyY' : 'deHImMSuUVwWyB').includes(letter);
}

function print(made: Directive, letter: string, flags: string, width: string): string {
  const flag = [...flags].filter((each) => '_0-'.includes(each)).at(-1);
  const upper = flags.includes('^') || flags.includes('#');
  if (typeof made.value === 'string') {
    const swaps = flags.includes('#') && (letter === 'p' || letter === 'Z');
    const text = swaps ? made.value.toLowerCase() : upper ? made.value.toUpperCase() : made.value;
    return width === '' ? text : text.padStart(Number(width), flag === '0' ? '0' : ' ');
  }
  const sign = made.value < 0 ? '-' : '';
  const digits = String(Math.abs(made.value));
  if (flag === '-') return sign + (width === '' ? digits : digits.padStart(Number(width), '0'));
  const fill = flag === '_' ? ' ' : flag === '0' ? '0' : (made.fill ?? '0');
  const wide = width === '' ? (made.width ?? 1) : Number(width);
  return sign + digits.padStart(wide - sign.length, fill);
}

function direct(moment: Moment, letter: string): Directive | undefined {
  const f = moment.fields;
  const { days } = moment;
  const day = weekday(days);
  const hour12 = f.hour % 12 === 0 ? 12 : f.hour % 12;
  const nested = (format: string): Directive => ({ value: strftime(moment, format) });
  const two = (value: number, fill: '0' | ' ' = '0'): Directive => ({ value, width: 2, fill });
  switch (letter) {
    case 'a':
      return { value: (dayNames[day] ?? '').slice(0, 3) };
    case 'A':
      return { value: dayNames[day] ?? '' };
    case 'b':
    case 'h':
      return { value: (monthNames[f.month - 1] ?? '').slice(0, 3) };
    case 'B':
      return { value: monthNames[f.month - 1] ?? '' };
    case 'c':
      return nested('%a %b %e %H:%M:%S %Y');
    case 'C':
      return { value: Math.floor(f.year / 100) };
    case 'd':
      return two(f.day);
    case 'D':
    case 'x':
      return nested('%m/%d/%y');
    case 'e':
      return two(f.day, ' ');
    case 'F':
      return nested('%Y-%m-%d');
    case 'g':
      return two(isoCalendar(days).year % 100);
    case 'G':
      return { value: isoCalendar(days).year };
    case 'H':
      return two(f.hour);
    case 'I':
      return two(hour12);
    case 'j':
      return { value: dayOfYear(days), width: 3 };
    case 'k':
      return two(f.hour, ' ');
    case 'l':
      return two(hour12, ' ');
    case 'm':
      return two(f.month);
    case 'M':
      return two(f.minute);
    case 'n':
      return { value: '\n' };
    case 'p':
      return { value: f.hour < 12 ? 'AM' : 'PM' };
    case 'P':
      return { value: f.hour < 12 ? 'am' : 'pm' };
    case 'r':
      return nested('%I:%M:%S %p');
    case 'R':
      return nested('%H:%M');
    case 's':
      // mktime() of the wall time, taking the machine's own zone for UTC.
      return { value: moment instanceof PyDate ? days * 86_400 : Math.floor(moment.wallMs / 1000) };
    case 'S':
      return two(f.second);
    case 't':
      return { value: '\t' };
    case 'T':
    case 'X':
      return nested('%H:%M:%S');
    case 'u':
      return { value: day + 1 };
    case 'U':
      return two(Math.floor((dayOfYear(days) + 6 - ((day + 1) % 7)) / 7));
    case 'V':
      return two(isoCalendar(days).week);
    case 'w':
      return { value: (day + 1) % 7 };
    case 'W':
      return two(Math.floor((dayOfYear(days) + 6 - day) / 7));
    case 'y':
      return two(f.year % 100);
    case 'Y':
      return { value: f.year };
    case '%':
      return { value: '%' };
    case 'Z':
      return { value: moment instanceof PyDate ? '' : (moment.zone?.label ?? '') };
    default:
      return undefined;
  }
}
