import { dayOfYear, isoCalendar, pad, weekday } from './calendar.ts';
import { isoOffset, PyDate, type PyDateTime } from './datetime.ts';
import { dayNames, monthNames } from './names.ts';
import { PyValueError } from './python-error.ts';

interface Directive {
  readonly value: number | string;
  /** Default width and padding of a number. */
  readonly width?: number;
  readonly fill?: '0' | ' ';
  /** Not a directive: printed as it stands. */
  readonly isKept?: boolean;
}

/** Characters of what one directive writes. */
const widest = 1000;

type Moment = PyDateTime | PyDate;

const directive = /%([_0^#-]*)(\d*)([EO]?)([\s\S]?)/g;

/** Python's strftime on Linux: the directives, flags, widths and modifiers of glibc. Unknown ones are printed as they are. */
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
      const made = refuses(modifier, letter) ? undefined : direct(moment, letter);
      const kept = { value: whole, isKept: true };
      if (Number(width) > widest) throw new PyValueError(`the width of %${width}${letter} is too large`);
      return print(made ?? kept, letter, flags, width === '' ? -1 : Number(width));
    },
  );
}

/** glibc knows which directives have no alternative form (`%Ed`); the others ignore the modifier. */
function refuses(modifier: string, letter: string): boolean {
  if (modifier === '' || letter === '') return false;
  return (modifier === 'E' ? 'aAbBdDeFgGhHIjklmMSUVwW' : 'aAcDFxXY').includes(letter);
}

function print(made: Directive, letter: string, flags: string, width: number): string {
  if (letter === 'z') return '';
  const flag = [...flags].filter((each) => '_0-'.includes(each)).at(-1);
  const text =
    typeof made.value === 'number'
      ? numeral(made, made.value, flag, letter === 's' ? 1 : width)
      : cased(made.value, letter, flags, made.isKept === true);
  return text.padStart(width, flag === '0' ? '0' : ' ');
}

function numeral(made: Directive, value: number, flag: string | undefined, width: number): string {
  const sign = value < 0 ? '-' : '';
  const digits = String(Math.abs(value));
  if (flag === '-') return sign + digits;
  const wide = Math.max(made.width ?? 1, width);
  const fill = flag === '_' ? ' ' : flag === '0' ? '0' : (made.fill ?? '0');
  return fill === ' ' ? (sign + digits).padStart(wide) : sign + digits.padStart(wide - sign.length, '0');
}

/** `^` makes upper case; `#` makes names upper and AM, PM lower case. */
function cased(text: string, letter: string, flags: string, isKept: boolean): string {
  if (letter === 'P' || (flags.includes('#') && letter === 'p')) return text.toLowerCase();
  const upper =
    flags.includes('^') || (flags.includes('#') && (isKept ? 'bBh' : 'aAbBh').includes(letter || ' '));
  return upper ? text.replace(/[a-z]/g, (each) => each.toUpperCase()) : text;
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
      // A bare %Z is Python's own (as is %z); with flags it reaches the C library, which is not told of any zone.
      return { value: '' };
    default:
      return undefined;
  }
}
